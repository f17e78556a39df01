package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.Guardrail;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.Segment;
import dev.bulkhead.core.intent.WellKnown;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds rules against the limits that no team can pass. A rule that would open any of what is denied is forbidden as a
 * whole: what is left of it would be something that nobody declared. Decided on what is declared wherever that says
 * enough, so that it does not change with what another namespace has or lacks.
 */
final class Forbid {

    private static final String VERIFIED =
            "verified identity: name workloads by serviceAccount, with the chart's admission policies in force and every pod"
                    + " stamped";

    private final Inputs inputs;
    private final Seek seek;
    private final Limits limits;

    Forbid(Inputs inputs) {
        this.inputs = inputs;
        this.seek = new Seek(inputs);
        this.limits = new Limits(inputs);
    }

    /** Why the rule may not be carried out, by guardrail; nothing where it may. */
    ImmutableList<Prohibition> forbid(
            AccessIntent intent, Resolution<Selection> subject, Rule rule, Resolution<ResolvedPeer> peer) {
        String namespace = intent.key().namespace();
        ImmutableList.Builder<Prohibition> prohibitions = ImmutableList.builder();
        Identification identification = Identification.of(intent, subject, rule, peer);
        if (!inputs.guardrails().isEmpty()) {
            List<Sought> sought = seek.seek(namespace, subject, rule, peer);
            inputs.guardrails().values().forEach(guardrail -> {
                for (Guardrail.Connections denied : guardrail.denials()) {
                    if (meets(denied, sought)) {
                        prohibitions.add(prohibition(guardrail, "forbids it", isToldByPorts(denied, rule, peer)));
                    }
                }
                for (Guardrail.Demand demand : guardrail.demands()) {
                    if (meets(demand.of(), sought)) {
                        boolean told = isToldByPorts(demand.of(), rule, peer);
                        unmet(demand, rule)
                                .forEach(what -> prohibitions.add(prohibition(guardrail, "demands " + what, told)));
                        if (demand.verified() && !identification.isVerified()) {
                            prohibitions.add(prohibition(
                                    guardrail, "demands " + VERIFIED, told || identification.tellsOfPeer()));
                        }
                    }
                }
            });
        }
        inputs.segment(namespace)
                .filter(Segment::verified)
                .filter(segment -> !identification.isVerified())
                .ifPresent(segment -> prohibitions.add(new Prohibition(
                        "segment " + segment.name() + " demands " + VERIFIED, identification.tellsOfPeer())));
        return prohibitions.build();
    }

    /** Whether pods of the namespace are denied what their segment gives everybody. */
    boolean isDnsDenied(String namespace, ResolvedPeer dns) {
        List<Sought> sought = seek.everybodys(namespace, dns);
        return inputs.guardrails().values().stream()
                .flatMap(guardrail -> guardrail.denials().stream())
                .anyMatch(denied -> meets(denied, sought));
    }

    private boolean meets(Guardrail.Connections limit, List<Sought> sought) {
        return sought.stream().anyMatch(part -> limits.meets(limit, part));
    }

    /** Whether the ports that were looked up in another namespace, and would tell what is there, made the difference. */
    private static boolean isToldByPorts(Guardrail.Connections limit, Rule rule, Resolution<ResolvedPeer> peer) {
        return !limit.ports().isEmpty() && rule.peer().isService() && Identification.isBorrowed(peer);
    }

    private static Prohibition prohibition(Guardrail guardrail, String verb, boolean tellsOfPeer) {
        return new Prohibition(
                "guardrail " + guardrail.name() + " " + verb + ": " + guardrail.description(), tellsOfPeer);
    }

    private List<String> unmet(Guardrail.Demand demand, Rule rule) {
        List<String> unmet = new ArrayList<>();
        if (demand.reason() && rule.reason().codePoints().noneMatch(Character::isLetter)) {
            unmet.add("a reason");
        }
        Extent extent = rule.peer().fold(new ExtentOfPeer());
        if (demand.addresses().isPresent()
                && extent.addresses()
                                .compareTo(BigInteger.valueOf(demand.addresses().getAsLong()))
                        > 0) {
            unmet.add("at most " + demand.addresses().getAsLong() + " addresses");
        }
        if (demand.namespaces().isPresent()
                && extent.namespaces() > demand.namespaces().getAsInt()) {
            unmet.add("at most " + demand.namespaces().getAsInt() + " namespaces");
        }
        return unmet;
    }

    /**
     * How much a peer names by what was declared.
     *
     * @param addresses outside the cluster, none for pods
     */
    private record Extent(BigInteger addresses, int namespaces) {

        /** More addresses than any limit allows. */
        private static final BigInteger UNLIMITED = BigInteger.ONE.shiftLeft(Long.SIZE);

        static Extent ofPods(int namespaces) {
            return new Extent(BigInteger.ZERO, namespaces);
        }
    }

    private final class ExtentOfPeer implements Peer.Cases<Extent> {

        @Override
        public Extent workload(Peer.OfWorkload peer) {
            return Extent.ofPods(1);
        }

        @Override
        public Extent service(Peer.OfService peer) {
            return Extent.ofPods(1);
        }

        @Override
        public Extent namespace(Peer.OfNamespace peer) {
            return Extent.ofPods(1);
        }

        @Override
        public Extent segment(Peer.OfSegment peer) {
            return Extent.ofPods(inputs.members(peer.name()).size());
        }

        @Override
        public Extent network(Peer.OfNetwork peer) {
            return new Extent(peer.block().addresses(), 1);
        }

        @Override
        public Extent wellKnown(Peer.OfWellKnown peer) {
            return peer.name() == WellKnown.INTERNET ? new Extent(Extent.UNLIMITED, 1) : Extent.ofPods(1);
        }
    }
}
