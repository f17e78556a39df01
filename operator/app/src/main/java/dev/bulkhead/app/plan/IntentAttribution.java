package dev.bulkhead.app.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Range;
import dev.bulkhead.app.explain.IntentsBehindRule;
import dev.bulkhead.core.reach.Decision;
import dev.bulkhead.core.reach.Difference;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.Party;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.reach.Topology;
import dev.bulkhead.core.reach.Verdict;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.WorkloadName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which intents stand behind the connections that a set of policies allows. */
public final class IntentAttribution {

    private final Evaluator evaluator;
    private final Topology topology;

    public IntentAttribution(Difference.Side side, PluginSemantics reading) {
        this.topology = side.topology();
        this.evaluator = Evaluator.of(topology.namespaces(), side.policies(), reading);
    }

    boolean isIsolated(Direction direction, List<Pod> pods) {
        Set<PodClass> seen = new HashSet<>();
        return pods.stream()
                .filter(pod -> seen.add(pod.traits()))
                .anyMatch(
                        pod -> evaluator.half(direction, Endpoint.Pods.of(pod)).isIsolated());
    }

    /** Of the first pair of pods that may connect on the first of the ports. */
    public ImmutableSortedSet<String> intents(Party source, Party destination, PortSet ports) {
        Protocol protocol = first(ports);
        Range<Integer> range = ports.of(protocol).asRanges().iterator().next();
        for (Endpoint from : ends(source)) {
            for (Endpoint to : ends(destination)) {
                Verdict verdict = evaluator.verdict(from, to, protocol, range.lowerEndpoint());
                if (verdict.allowed()) {
                    Set<String> intents = new TreeSet<>();
                    for (Direction direction : Direction.values()) {
                        intents.addAll(intents(verdict.decision(direction), direction));
                    }
                    return ImmutableSortedSet.copyOf(intents);
                }
            }
        }
        return ImmutableSortedSet.of();
    }

    /** Of the half that a rule allows on the first of the ports, where the other half may be denied. */
    public ImmutableSortedSet<String> intentsOfEitherEnd(Party source, Party destination, PortSet ports) {
        Protocol protocol = first(ports);
        Range<Integer> range = ports.of(protocol).asRanges().iterator().next();
        Set<String> intents = new TreeSet<>();
        for (Endpoint from : ends(source)) {
            for (Endpoint to : ends(destination)) {
                Verdict verdict = evaluator.verdict(from, to, protocol, range.lowerEndpoint());
                for (Direction direction : Direction.values()) {
                    intents.addAll(intents(verdict.decision(direction), direction));
                }
            }
        }
        return ImmutableSortedSet.copyOf(intents);
    }

    private List<String> intents(Decision decision, Direction direction) {
        return decision.allowance()
                .map(allowed -> IntentsBehindRule.intents(
                        evaluator.policy(allowed.policy()).orElseThrow(), direction, allowed.rule()))
                .orElse(ImmutableList.of());
    }

    private static Protocol first(PortSet ports) {
        for (Protocol protocol : Protocol.values()) {
            if (!ports.of(protocol).isEmpty()) {
                return protocol;
            }
        }
        throw new IllegalArgumentException("no ports");
    }

    private List<Endpoint> ends(Party party) {
        return party.fold(
                workload -> kinds(workload.name()),
                outside -> List.of(new Endpoint.Outside(outside.range().first())),
                ingressController -> List.of());
    }

    private List<Endpoint> kinds(WorkloadName workload) {
        Map<PodClass, Endpoint> kinds = new LinkedHashMap<>();
        topology.workloads()
                .getOrDefault(workload, ImmutableList.of())
                .forEach(pod -> kinds.putIfAbsent(pod.traits(), Endpoint.Pods.of(pod)));
        return new ArrayList<>(kinds.values());
    }
}
