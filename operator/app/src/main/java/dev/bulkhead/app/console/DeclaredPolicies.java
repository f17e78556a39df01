package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Compiler;
import dev.bulkhead.core.compile.HeldPolicies;
import dev.bulkhead.core.compile.PoliciesByOthers;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import java.util.Comparator;
import java.util.List;

/**
 * The policies that there would be if every segment were enforced by what is declared now and nobody else wrote any: what
 * is allowed beyond that, nobody has declared.
 */
final class DeclaredPolicies {

    private static final ImmutableSet<Direction> BOTH = ImmutableSet.of(Direction.INGRESS, Direction.EGRESS);

    private DeclaredPolicies() {}

    static ImmutableList<NetworkPolicy> of(ViewedCluster cluster) {
        Declarations declared = cluster.snapshot().declarations();
        Declarations enforced = new Declarations(
                declared.intents(),
                declared.segments().values().stream()
                        .map(DeclaredPolicies::enforced)
                        .collect(ImmutableSortedMap.toImmutableSortedMap(
                                Comparator.naturalOrder(), DeclaredSegment::name, segment -> segment)),
                declared.guardrails(),
                declared.wellKnown(),
                declared.excluded());
        dev.bulkhead.app.snapshot.Snapshot snapshot = cluster.snapshot().declaring(enforced);
        List<String> living = cluster.namespaces().stream()
                .filter(namespace -> !namespace.terminating())
                .map(namespace -> namespace.name())
                .toList();
        ImmutableSortedMap<String, Compilation> compilations = new Compiler()
                .compile(
                        snapshot.world(),
                        PoliciesByOthers.none(),
                        enforced,
                        snapshot.enrolment(),
                        dev.bulkhead.app.snapshot.Snapshot.unlessAbandoned(living));
        ImmutableList.Builder<NetworkPolicy> policies = ImmutableList.builder();
        compilations.values().forEach(compilation -> {
            if (compilation.held().isPresent()) {
                List<NetworkPolicy> live = cluster.view().snapshot().policies(compilation.namespace()).values().stream()
                        .map(there -> there.policy())
                        .toList();
                policies.addAll(HeldPolicies.of(compilation, live).values());
            } else {
                policies.addAll(compilation.policies().values());
            }
        });
        return policies.build();
    }

    private static DeclaredSegment enforced(DeclaredSegment segment) {
        return new DeclaredSegment(
                segment.name(),
                segment.namespaces(),
                segment.except(),
                BOTH,
                segment.trustBoundary(),
                segment.dns(),
                segment.verified());
    }
}
