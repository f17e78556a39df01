package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Decision;
import dev.bulkhead.core.reach.Difference;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.Party;
import dev.bulkhead.core.reach.Topology;
import dev.bulkhead.core.reach.Verdict;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Protocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What policies change, seen beside the others. */
final class EffectChecks implements Check {

    private static final int SHOWN = 3;

    @Override
    public void check(LintInput input, Findings findings) {
        Set<NetworkPolicy.Key> needless = input.meaning().withoutEffect();
        for (NetworkPolicy policy : input.policies()) {
            if (needless.contains(policy.key())) {
                findings.about(
                        policy,
                        "",
                        Code.BH005,
                        "other policies select the same pods and allow all that this one allows",
                        "take it away, if it is not there for what is yet to come");
            }
        }
        if (input.snapshot().hasDeclarations() && !input.unread().mayHaveIntents()) {
            beyondIntents(input, findings);
        }
    }

    /** Whatever is open with the policies by others and closed with those of Bulkhead alone. */
    private static void beyondIntents(LintInput input, Findings findings) {
        Topology topology = input.snapshot().topology();
        ImmutableList<NetworkPolicy> ours = input.reconciled().stream()
                .filter(policy -> Marker.isManaged(policy.labels()))
                .collect(ImmutableList.toImmutableList());
        Difference difference = Difference.between(
                new Difference.Side(topology, ours),
                new Difference.Side(topology, input.reconciled()),
                input.reading());
        Evaluator evaluator = Evaluator.of(topology.namespaces(), input.reconciled(), input.reading());
        Map<NetworkPolicy.Key, Set<String>> opened = new TreeMap<>();
        for (Difference.Change change : difference.changes()) {
            if (!change.gained().isEmpty()) {
                openers(evaluator, topology, change)
                        .forEach(key -> opened.computeIfAbsent(key, unknown -> new TreeSet<>())
                                .add(change.source().label() + " to "
                                        + change.destination().label() + " on " + change.gained()));
            }
        }
        opened.forEach((key, connections) -> findings.about(
                input.snapshot().policies().get(key),
                "",
                Code.BH011,
                "it opens what no intent asks for: "
                        + String.join("; ", connections.stream().limit(SHOWN).toList())
                        + (connections.size() > SHOWN ? "; and " + (connections.size() - SHOWN) + " more" : ""),
                "declare what is needed in AccessIntents, and take the policy away"));
    }

    private static Set<NetworkPolicy.Key> openers(Evaluator evaluator, Topology topology, Difference.Change change) {
        Set<NetworkPolicy.Key> openers = new TreeSet<>();
        PortSet ports = change.gained();
        for (Protocol protocol : Protocol.values()) {
            for (Range<Integer> range : ports.of(protocol).asRanges()) {
                for (Endpoint source : ends(topology, change.source())) {
                    for (Endpoint destination : ends(topology, change.destination())) {
                        add(
                                evaluator.verdict(source, destination, protocol, range.lowerEndpoint()),
                                evaluator,
                                openers);
                    }
                }
            }
        }
        return openers;
    }

    private static void add(Verdict verdict, Evaluator evaluator, Set<NetworkPolicy.Key> openers) {
        for (Direction direction : Direction.values()) {
            verdict.decision(direction)
                    .allowance()
                    .map(Decision.AllowedBy::policy)
                    .filter(policy -> verdict.allowed()
                            && !Marker.isManaged(
                                    evaluator.policy(policy).orElseThrow().labels()))
                    .ifPresent(openers::add);
        }
    }

    private static List<Endpoint> ends(Topology topology, Party party) {
        return party.fold(
                workload -> kinds(topology.workloads().get(workload.name())),
                outside -> List.of(new Endpoint.Outside(outside.range().first())),
                ingressController -> List.of());
    }

    private static List<Endpoint> kinds(List<Pod> pods) {
        Map<Object, Endpoint> kinds = new LinkedHashMap<>();
        for (Pod pod : pods) {
            kinds.putIfAbsent(pod.traits(), Endpoint.Pods.of(pod));
        }
        return List.copyOf(kinds.values());
    }
}
