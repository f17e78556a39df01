package dev.bulkhead.app.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.plan.Adoption;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.AbandonedException;
import dev.bulkhead.core.reach.Difference;
import dev.bulkhead.core.reach.MemoryLimit;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.reach.Topology;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.PortSet;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Works out what a set of declarations would do to what is there. */
public final class PlanReporter {

    /** Bytes that a connection takes, and the name of an intent behind it. */
    private static final int EDGE = 250;

    private static final int INTENT = 120;

    private final PluginSemantics reading;
    private final MemoryLimit memory;
    private final int named;

    public PlanReporter(PluginSemantics reading) {
        this(reading, MemoryLimit.none(), KeptConnections.NAMED);
    }

    /**
     * @param memory for one report; one that takes more ends with a {@link dev.bulkhead.core.reach.TooLargeException}
     * @param named at most so many of the connections that a workload keeps are named
     */
    public PlanReporter(PluginSemantics reading, MemoryLimit memory, int named) {
        this.reading = reading;
        this.memory = memory;
        this.named = named;
    }

    /**
     * @param base policies as they are, and who there is
     * @param head what is declared
     */
    public PlanReport report(Difference.Side base, Snapshot head) {
        return report(base, head, head.compile());
    }

    /** @param compilations of the head, in all namespaces that may hold something else than in the base */
    public PlanReport report(
            Difference.Side base, Snapshot head, ImmutableSortedMap<String, Compilation> compilations) {
        Difference.Side after = new Difference.Side(head.topology(), head.reconciled(compilations));
        Map<NetworkPolicy.Key, NetworkPolicy> before = managed(base.policies());
        Map<NetworkPolicy.Key, NetworkPolicy> planned = managed(after.policies());
        KeptConnections.Collector kept = new KeptConnections.Collector(memory, named);
        Difference difference = Difference.between(base, after, reading, memory, kept);
        IntentAttribution ofBase = new IntentAttribution(base, reading);
        IntentAttribution ofHead = new IntentAttribution(after, reading);
        Adoption adoption = head.adoption(compilations);
        return new PlanReport(
                Sets.difference(planned.keySet(), before.keySet()).stream()
                        .filter(key -> !adoption.adopted().containsValue(key)
                                && !adoption.replaced().contains(key))
                        .collect(ImmutableSortedSet.toImmutableSortedSet(NetworkPolicy.Key::compareTo)),
                Stream.concat(
                                adoption.replaced().stream(),
                                Sets.intersection(planned.keySet(), before.keySet()).stream()
                                        .filter(key -> !planned.get(key).allowsTheSameAs(before.get(key))))
                        .collect(ImmutableSortedSet.toImmutableSortedSet(NetworkPolicy.Key::compareTo)),
                ImmutableSortedSet.copyOf(Sets.difference(before.keySet(), planned.keySet())),
                adoption,
                edges(difference, Difference.Change::gained, ofHead),
                edges(difference, Difference.Change::lost, ofBase),
                kept.kept(),
                isolated(head.topology(), ofBase, ofHead),
                held(compilations.values(), before, planned),
                rules(compilations.values()));
    }

    private static Map<NetworkPolicy.Key, NetworkPolicy> managed(Collection<NetworkPolicy> policies) {
        return Maps.uniqueIndex(
                policies.stream()
                        .filter(policy -> Marker.isManaged(policy.labels()))
                        .toList(),
                NetworkPolicy::key);
    }

    private ImmutableList<PlanReport.Edge> edges(
            Difference difference, Function<Difference.Change, PortSet> ports, IntentAttribution judge) {
        ImmutableList.Builder<PlanReport.Edge> edges = ImmutableList.builder();
        for (Difference.Change change : difference.changes()) {
            AbandonedException.check();
            PortSet part = ports.apply(change);
            if (!part.isEmpty()) {
                ImmutableSortedSet<String> intents = judge.intents(change.source(), change.destination(), part);
                memory.keep(EDGE + MemoryLimit.of(part) + (long) INTENT * intents.size());
                edges.add(new PlanReport.Edge(change.source(), change.destination(), part, intents));
            }
        }
        return edges.build();
    }

    private static ImmutableList<PlanReport.Isolated> isolated(
            Topology topology, IntentAttribution before, IntentAttribution after) {
        ImmutableList.Builder<PlanReport.Isolated> isolated = ImmutableList.builder();
        topology.workloads().forEach((name, pods) -> {
            for (Direction direction : Direction.values()) {
                if (after.isIsolated(direction, pods) && !before.isIsolated(direction, pods)) {
                    isolated.add(new PlanReport.Isolated(name, direction));
                }
            }
        });
        return isolated.build();
    }

    private static ImmutableList<String> held(
            Collection<Compilation> compilations,
            Map<NetworkPolicy.Key, NetworkPolicy> before,
            Map<NetworkPolicy.Key, NetworkPolicy> planned) {
        return compilations.stream()
                .filter(compilation -> compilation.held().isPresent())
                .map(compilation -> compilation.namespace() + ": "
                        + compilation.held().get()
                        + (in(compilation, before).equals(in(compilation, planned))
                                ? "; nothing changes"
                                : "; nothing changes but that it is closed"))
                .collect(ImmutableList.toImmutableList());
    }

    private static Map<NetworkPolicy.Key, NetworkPolicy> in(
            Compilation compilation, Map<NetworkPolicy.Key, NetworkPolicy> policies) {
        return Maps.filterKeys(policies, key -> key.namespace().equals(compilation.namespace()));
    }

    private static ImmutableList<PlanReport.Declared> rules(Collection<Compilation> compilations) {
        ImmutableList.Builder<PlanReport.Declared> rules = ImmutableList.builder();
        compilations.forEach(compilation -> compilation
                .intents()
                .forEach((intent, outcome) -> outcome.rules()
                        .forEach(rule -> rules.add(new PlanReport.Declared(intent, rule, /* changed= */ true)))));
        return rules.build();
    }
}
