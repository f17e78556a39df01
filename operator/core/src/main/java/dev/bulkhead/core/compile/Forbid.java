package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.Guardrail;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.Segment;
import dev.bulkhead.core.intent.WellKnown;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Holds rules against the limits that no team can pass. A rule that would open any of what is denied is forbidden as a
 * whole: what is left of it would be something that nobody declared. Decided on what is declared wherever that says
 * enough, so that it does not change with what another namespace has or lacks.
 */
final class Forbid {

    private static final String VERIFIED =
            "verified identity: name workloads by serviceAccount, with the chart's admission policies in force and every pod"
                    + " stamped";

    /** Of more only the number is told. */
    private static final int SHOWN_INTENTS = 8;

    private final Inputs inputs;
    private final Seek seek;
    private final Limits limits;

    Forbid(Inputs inputs) {
        this.inputs = inputs;
        this.seek = new Seek(inputs);
        this.limits = new Limits(inputs);
    }

    /** Why the rule may not be carried out, by guardrail; nothing where it may. */
    ImmutableList<Prohibition> forbid(Asked asked, Together together) {
        String namespace = asked.namespace();
        Rule rule = asked.rule();
        Resolution<ResolvedPeer> peer = asked.peer();
        ImmutableList.Builder<Prohibition> prohibitions = ImmutableList.builder();
        Identification identification = Identification.of(asked.intent(), asked.subject(), rule, peer);
        if (!inputs.guardrails().isEmpty()) {
            List<Sought> sought = seek(asked);
            inputs.guardrails().values().forEach(guardrail -> {
                for (Guardrail.Connections denied : guardrail.denials()) {
                    Limits.Meeting meeting = meeting(denied, sought);
                    if (meeting != Limits.Meeting.NONE) {
                        String verb = meeting == Limits.Meeting.BY_ADDRESS
                                ? "forbids it, since something that it speaks of has an address there"
                                : "forbids it";
                        prohibitions.add(prohibition(guardrail, verb, isToldByPorts(denied, rule, peer)));
                    }
                }
                for (Guardrail.Demand demand : guardrail.demands()) {
                    Limits.Meeting meeting = meeting(demand.of(), sought);
                    if (meeting != Limits.Meeting.NONE) {
                        boolean told = isToldByPorts(demand.of(), rule, peer);
                        unmet(demand, asked, together)
                                .forEach(what -> prohibitions.add(prohibition(guardrail, "demands " + what, told)));
                        // An address vouches for nobody.
                        boolean verified = identification.isVerified() && meeting != Limits.Meeting.BY_ADDRESS;
                        if (demand.verified() && !verified) {
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

    private List<Sought> seek(Asked asked) {
        return seek.seek(asked.namespace(), asked.subject(), asked.rule(), asked.peer());
    }

    /** What these rules, all of one namespace, ask for together. */
    Together together(List<Asked> rules) {
        return new Together(rules, (limit, asked) -> meeting(limit, seek(asked)) != Limits.Meeting.NONE);
    }

    /** Whether pods of the namespace are denied what their segment gives everybody. */
    boolean isDnsDenied(String namespace, ResolvedPeer dns) {
        List<Sought> sought = seek.everybodys(namespace, dns);
        return inputs.guardrails().values().stream()
                .flatMap(guardrail -> guardrail.denials().stream())
                .anyMatch(denied -> meeting(denied, sought) != Limits.Meeting.NONE);
    }

    private Limits.Meeting meeting(Guardrail.Connections limit, List<Sought> sought) {
        return sought.stream()
                .map(part -> limits.meeting(limit, part))
                .max(Comparator.naturalOrder())
                .orElse(Limits.Meeting.NONE);
    }

    /** Whether the ports that were looked up in another namespace, and would tell what is there, made the difference. */
    private static boolean isToldByPorts(Guardrail.Connections limit, Rule rule, Resolution<ResolvedPeer> peer) {
        return !limit.ports().isEmpty() && rule.peer().isService() && Identification.isBorrowed(peer);
    }

    private static Prohibition prohibition(Guardrail guardrail, String verb, boolean tellsOfPeer) {
        return new Prohibition(
                "guardrail " + guardrail.name() + " " + verb + ": " + guardrail.description(), tellsOfPeer);
    }

    private List<String> unmet(Guardrail.Demand demand, Asked asked, Together together) {
        Rule rule = asked.rule();
        List<String> unmet = new ArrayList<>();
        if (demand.reason() && rule.reason().codePoints().noneMatch(Character::isLetter)) {
            unmet.add("a reason");
        }
        Extent extent = rule.peer().fold(new ExtentOfPeer());
        if (demand.addresses().isPresent()) {
            BigInteger most = BigInteger.valueOf(demand.addresses().getAsLong());
            if (extent.addresses().compareTo(most) > 0) {
                unmet.add("at most " + most + " addresses");
            } else if (Together.counts(demand, asked)) {
                Together.Total total = together.total(demand, asked);
                if (total.addresses().compareTo(most) > 0) {
                    unmet.add("at most " + most + " addresses for the same pods, for which " + listed(total.intents())
                            + " " + total.addresses() + " together");
                }
            }
        }
        if (demand.namespaces().isPresent()
                && extent.namespaces() > demand.namespaces().getAsInt()) {
            unmet.add("at most " + demand.namespaces().getAsInt() + " namespaces");
        }
        return unmet;
    }

    private static String listed(ImmutableSortedSet<String> intents) {
        if (intents.size() == 1) {
            return "the rules of " + intents.first() + " name";
        }
        String shown = intents.stream().limit(SHOWN_INTENTS).collect(Collectors.joining(", "));
        int more = intents.size() - SHOWN_INTENTS;
        return "intents " + shown + (more > 0 ? " and " + more + " more" : "") + " name";
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
