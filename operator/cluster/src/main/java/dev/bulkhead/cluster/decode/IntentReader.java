package dev.bulkhead.cluster.decode;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.api.v1alpha1.AccessIntentSpec;
import dev.bulkhead.api.v1alpha1.InboundRule;
import dev.bulkhead.api.v1alpha1.OutboundRule;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * AccessIntents. Everything that the API server checks is checked here once more: an object may be older than the rules
 * of its definition, or come from a file.
 */
public final class IntentReader {

    /** @throws InvalidDeclarationException with everything that is wrong */
    public DeclaredIntent read(dev.bulkhead.api.v1alpha1.AccessIntent intent) {
        AccessIntentSpec spec = intent.getSpec();
        if (spec == null) {
            throw new InvalidDeclarationException(
                    "spec",
                    "say under spec whom this speaks for (workload), what it needs (outbound), whom it serves"
                            + " (inbound)");
        }
        List<ObjectProblem> problems = new ArrayList<>();
        String namespace = intent.getMetadata().getNamespace();
        Optional<WorkloadSelector> workload = collect(problems, () -> {
            if (spec.workload() == null) {
                throw new InvalidDeclarationException(
                        "spec.workload",
                        "name the pods by exactly one of serviceAccount, owner, podSelector or all: true");
            }
            return WorkloadReferenceReader.read(spec.workload(), "spec.workload");
        });
        if (spec.outbound().isEmpty() && spec.inbound().isEmpty()) {
            problems.add(new ObjectProblem(
                    "spec",
                    "declare at least one rule under outbound (what the workload needs) or inbound (whom it serves)"));
        }
        PeerReader peers = new PeerReader(namespace);
        ImmutableList.Builder<Rule> rules = ImmutableList.builder();
        for (int i = 0; i < spec.outbound().size(); i++) {
            int index = i;
            collect(problems, () -> outbound(peers, spec.outbound().get(index), index))
                    .ifPresent(rules::add);
        }
        for (int i = 0; i < spec.inbound().size(); i++) {
            int index = i;
            collect(problems, () -> inbound(peers, spec.inbound().get(index), index))
                    .ifPresent(rules::add);
        }
        if (!problems.isEmpty()) {
            throw new InvalidDeclarationException(problems);
        }
        return new DeclaredIntent(
                new DeclaredIntent.Key(namespace, intent.getMetadata().getName()),
                workload.orElseThrow(),
                rules.build(),
                Objects.requireNonNullElse(spec.description(), ""));
    }

    private static <T> Optional<T> collect(List<ObjectProblem> problems, Supplier<T> part) {
        try {
            return Optional.of(part.get());
        } catch (InvalidDeclarationException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    private static Rule outbound(PeerReader peers, OutboundRule rule, int index) {
        String field = "spec.outbound[" + index + "]";
        Peer peer = peers.read(rule.to(), field + ".to");
        return new Rule(Direction.EGRESS, index, peer, ports(peer, rule, field + ".ports"), reason(rule.reason()));
    }

    private static Ports ports(Peer peer, OutboundRule rule, String field) {
        return peer.fold(new OutboundPorts(rule, field));
    }

    /** The ports of an outbound rule, which mean something else for each kind of peer. */
    private record OutboundPorts(OutboundRule rule, String field) implements Peer.Cases<Ports> {

        @Override
        public Ports workload(Peer.OfWorkload peer) {
            return ofPods();
        }

        @Override
        public Ports service(Peer.OfService peer) {
            return RulePortReader.ofService(rule.ports(), field);
        }

        @Override
        public Ports namespace(Peer.OfNamespace peer) {
            return ofPods();
        }

        @Override
        public Ports segment(Peer.OfSegment peer) {
            return ofPods();
        }

        @Override
        public Ports network(Peer.OfNetwork peer) {
            return ofPods();
        }

        @Override
        public Ports wellKnown(Peer.OfWellKnown peer) {
            if (!peer.name().knowsItsPorts()) {
                return ofPods();
            }
            if (!rule.ports().isEmpty()) {
                throw new InvalidDeclarationException(field, peer + " knows its own ports: leave ports out");
            }
            return Ports.none();
        }

        private Ports ofPods() {
            return RulePortReader.ofPods(rule.ports(), field);
        }
    }

    private static Rule inbound(PeerReader peers, InboundRule rule, int index) {
        String field = "spec.inbound[" + index + "]";
        return new Rule(
                Direction.INGRESS,
                index,
                peers.read(rule.from(), field + ".from"),
                RulePortReader.ofPods(rule.ports(), field + ".ports"),
                reason(rule.reason()));
    }

    private static String reason(String given) {
        return given == null ? "" : given;
    }
}
