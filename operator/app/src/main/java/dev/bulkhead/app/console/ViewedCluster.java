package dev.bulkhead.app.console;

import com.google.common.annotations.VisibleForTesting;
import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.app.snapshot.Caveat;
import dev.bulkhead.app.snapshot.HeldWrites;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.cluster.access.Scope;
import dev.bulkhead.cluster.decode.LiveTopology;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.LiveView;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.MemoryLimit;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.reach.Reachability;
import dev.bulkhead.core.reach.TooLargeException;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.World;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A cluster as somebody may see it, at one moment. What stands, is declared or is written in namespaces that they may not see
 * is nowhere in it, so that no answer can depend on it; how their rules stand with those they are told by their statuses.
 */
final class ViewedCluster {

    private static final int MOST_GRAPHS = 4;

    private record Drawn(Graph.By by, ImmutableSet<String> namespaces) {}

    private final LiveView view;
    private final Scope scope;
    private final Supplier<Snapshot> snapshot = Suppliers.memoize(this::look);
    /** For the reachability. */
    private final long bytes;

    private MemoryLimit memory;
    private Reachability reachability;

    private final Supplier<ImmutableList<NetworkPolicy>> expected;

    private final Cache<Drawn, Graph> graphs =
            CacheBuilder.newBuilder().maximumSize(MOST_GRAPHS).softValues().build();

    ViewedCluster(LiveView view, Scope scope) {
        this(view, scope, ConsoleAnswer.MEMORY);
    }

    /** @param bytes for what is worked out about the policies */
    @VisibleForTesting
    ViewedCluster(LiveView view, Scope scope, long bytes) {
        this.view = view;
        this.scope = scope;
        this.bytes = bytes;
        this.expected = Suppliers.memoize(() -> DeclaredPolicies.of(this));
    }

    private ViewedCluster(LiveView view, Scope scope, long bytes, Supplier<ImmutableList<NetworkPolicy>> expected) {
        this.view = view;
        this.scope = scope;
        this.bytes = bytes;
        this.expected = expected;
    }

    /** The same at another moment; what takes longest is worked out anew only where something was declared or written. */
    ViewedCluster at(LiveView other) {
        return other.snapshot().equals(view.snapshot())
                ? new ViewedCluster(other, scope, bytes, expected)
                : new ViewedCluster(other, scope, bytes);
    }

    LiveView view() {
        return view;
    }

    Scope scope() {
        return scope;
    }

    /** Those that they may see and that are there. */
    List<Namespace> namespaces() {
        return view.snapshot().world().namespaces().values().stream()
                .filter(namespace -> scope.sees(namespace.name()))
                .toList();
    }

    /** Of their namespaces alone. */
    Snapshot snapshot() {
        return snapshot.get();
    }

    /**
     * The same with the namespaces that they may not see, and what is declared there: what decides whether a declaration of
     * theirs meets another one. For whoever could find that out by applying it.
     */
    Snapshot whole() {
        Snapshot seen = snapshot();
        return new Snapshot(
                view.snapshot().world(),
                view.snapshot().declarations(),
                seen.topology(),
                seen.policies(),
                seen.offered(),
                seen.notJudged(),
                seen.caveats(),
                seen.manifests());
    }

    /** As the API server has them now, by anybody. */
    ImmutableList<NetworkPolicy> policies() {
        return snapshot().policies().values().asList();
    }

    /** As they would be if every segment were enforced by what is declared, and nobody else wrote any. */
    ImmutableList<NetworkPolicy> expected() {
        return expected.get();
    }

    /**
     * Asks what the policies allow now; one asks at a time. What earlier questions have worked out is kept for the next, but
     * leaves it at least half of the memory.
     *
     * @throws TooLargeException where the answer takes more memory than one may
     */
    synchronized <T> T reachable(Function<Reachability, T> question) {
        if (reachability == null || memory.kept() > bytes / 2) {
            memory = MemoryLimit.bytes(bytes);
            reachability = Reachability.of(snapshot().topology(), policies(), PluginSemantics.upstream(), memory);
        }
        return question.apply(reachability);
    }

    private World seen(World world) {
        return scope.everything()
                ? world
                : new World(
                        ImmutableSortedMap.copyOf(Maps.filterKeys(world.namespaces(), scope::sees)),
                        world.facts(),
                        ImmutableSortedMap.copyOf(Maps.filterKeys(world.addresses(), scope::sees)));
    }

    private Declarations seen(Declarations declarations) {
        return scope.everything()
                ? declarations
                : new Declarations(
                        ImmutableSortedMap.copyOf(Maps.filterKeys(declarations.intents(), scope::sees)),
                        declarations.segments(),
                        declarations.guardrails(),
                        declarations.wellKnown(),
                        declarations.excluded());
    }

    /** Drawn once as long as nothing changes: what many look at at the same time is the same. */
    Graph graph(Graph.By by, Set<String> namespaces) {
        return graphs.asMap()
                .computeIfAbsent(
                        new Drawn(by, ImmutableSet.copyOf(namespaces)),
                        unknown -> new GraphBuilder(this, namespaces).build(by));
    }

    private Snapshot look() {
        World world = seen(view.snapshot().world());
        Declarations declarations = seen(view.snapshot().declarations());
        ImmutableSortedMap.Builder<NetworkPolicy.Key, NetworkPolicy> policies = ImmutableSortedMap.naturalOrder();
        ImmutableSet.Builder<NetworkPolicy.Key> offered = ImmutableSet.builder();
        for (String namespace : scope.namespaces()) {
            for (LivePolicy live : view.snapshot().policies(namespace).values()) {
                policies.put(live.policy().key(), live.policy());
                if (live.offered()) {
                    offered.add(live.policy().key());
                }
            }
        }
        return new Snapshot(
                world,
                declarations,
                LiveTopology.of(world, view.pods(), scope::sees),
                policies.build(),
                offered.build(),
                ImmutableList.of(),
                scope.namespaces().stream().flatMap(this::caveats).collect(ImmutableList.toImmutableList()),
                ImmutableMap.of());
    }

    /** What a segment says may speak of other namespaces, so it is told to whoever sees all of them. */
    private Stream<Caveat> caveats(String namespace) {
        Stream<SegmentStatus> segments = view
                .snapshot()
                .enrolment()
                .segment(namespace)
                .filter(segment -> scope.everything())
                .map(segment -> view.segmentStatuses().get(segment.name()))
                .stream();
        return Stream.concat(
                HeldWrites.in(
                        namespace,
                        segments.toList(),
                        view.intentStatuses()
                                .getOrDefault(namespace, ImmutableSortedMap.of())
                                .values())
                        .stream(),
                view.snapshot().unreadable(namespace).stream()
                        .map(live -> Caveat.unreadable(
                                namespace,
                                live.policy().key().name(),
                                live.problem().orElseThrow())));
    }
}
