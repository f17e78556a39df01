package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
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
final class GuardrailEvaluator {

    private static final String VERIFIED =
            "verified identity: name workloads by serviceAccount, with the chart's admission policies in force and every pod"
                    + " stamped";

    /** Of more only the number is told. */
    private static final int SHOWN_INTENTS = 8;

    private final TrackedInputs inputs;
    private final RequestedConnectionsFinder seek;
    private final GuardrailMatcher limits;

    GuardrailEvaluator(TrackedInputs inputs) {
        this.inputs = inputs;
        this.seek = new RequestedConnectionsFinder(inputs);
        this.limits = new GuardrailMatcher(inputs);
    }

    /** Why the rule may not be carried out, by guardrail; nothing where it may. */
    ImmutableList<Prohibition> forbid(RequestedRule asked, AddressTotals together) {
        String namespace = asked.namespace();
        Rule rule = asked.rule();
        Resolution<ResolvedPeer> peer = asked.peer();
        ImmutableList.Builder<Prohibition> prohibitions = ImmutableList.builder();
        Identification identification = Identification.of(asked.intent(), asked.subject(), rule, peer);
        if (!inputs.guardrails().isEmpty()) {
            List<RequestedConnections> sought = seek(asked);
            inputs.guardrails().values().forEach(guardrail -> {
                for (DeclaredGuardrail.Connections denied : guardrail.denials()) {
                    GuardrailMatcher.Meeting meeting = meeting(denied, sought);
                    if (meeting != GuardrailMatcher.Meeting.NONE) {
                        String verb = meeting == GuardrailMatcher.Meeting.BY_ADDRESS
                                ? "forbids it, since something that it speaks of has an address there"
                                : "forbids it";
                        prohibitions.add(prohibition(guardrail, verb, isToldByPorts(denied, rule, peer)));
                    }
                }
                for (DeclaredGuardrail.Demand demand : guardrail.demands()) {
                    GuardrailMatcher.Meeting meeting = meeting(demand.of(), sought);
                    if (meeting != GuardrailMatcher.Meeting.NONE) {
                        boolean told = isToldByPorts(demand.of(), rule, peer);
                        unmet(demand, asked, together)
                                .forEach(what -> prohibitions.add(prohibition(guardrail, "demands " + what, told)));
                        // An address vouches for nobody.
                        boolean verified =
                                identification.isVerified() && meeting != GuardrailMatcher.Meeting.BY_ADDRESS;
                        if (demand.verified() && !verified) {
                            prohibitions.add(prohibition(
                                    guardrail, "demands " + VERIFIED, told || identification.tellsOfPeer()));
                        }
                    }
                }
            });
        }
        inputs.segment(namespace)
                .filter(DeclaredSegment::verified)
                .filter(segment -> !identification.isVerified())
                .ifPresent(segment -> prohibitions.add(new Prohibition(
                        "segment " + segment.name() + " demands " + VERIFIED, identification.tellsOfPeer())));
        return prohibitions.build();
    }

    private List<RequestedConnections> seek(RequestedRule asked) {
        return seek.seek(asked.namespace(), asked.subject(), asked.rule(), asked.peer());
    }

    /** What these rules, all of one namespace, ask for together. */
    AddressTotals together(List<RequestedRule> rules) {
        return new AddressTotals(rules, (limit, asked) -> meeting(limit, seek(asked)) != GuardrailMatcher.Meeting.NONE);
    }

    /** Whether pods of the namespace are denied what their segment gives everybody. */
    boolean isDnsDenied(String namespace, ResolvedPeer dns) {
        List<RequestedConnections> sought = seek.everybodys(namespace, dns);
        return inputs.guardrails().values().stream()
                .flatMap(guardrail -> guardrail.denials().stream())
                .anyMatch(denied -> meeting(denied, sought) != GuardrailMatcher.Meeting.NONE);
    }

    private GuardrailMatcher.Meeting meeting(DeclaredGuardrail.Connections limit, List<RequestedConnections> sought) {
        return sought.stream()
                .map(part -> limits.meeting(limit, part))
                .max(Comparator.naturalOrder())
                .orElse(GuardrailMatcher.Meeting.NONE);
    }

    /** Whether the ports that were looked up in another namespace, and would tell what is there, made the difference. */
    private static boolean isToldByPorts(
            DeclaredGuardrail.Connections limit, Rule rule, Resolution<ResolvedPeer> peer) {
        return !limit.ports().isEmpty() && rule.peer().isService() && Identification.isBorrowed(peer);
    }

    private static Prohibition prohibition(DeclaredGuardrail guardrail, String verb, boolean tellsOfPeer) {
        return new Prohibition(
                "guardrail " + guardrail.name() + " " + verb + ": " + guardrail.description(), tellsOfPeer);
    }

    private List<String> unmet(DeclaredGuardrail.Demand demand, RequestedRule asked, AddressTotals together) {
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
            } else if (AddressTotals.counts(demand, asked)) {
                AddressTotals.Total total = together.total(demand, asked);
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
