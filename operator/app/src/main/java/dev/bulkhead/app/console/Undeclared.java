package dev.bulkhead.app.console;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Difference;
import dev.bulkhead.core.reach.MemoryLimit;
import dev.bulkhead.core.reach.Party;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.reach.Reachability;
import dev.bulkhead.core.reach.Topology;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.WorkloadName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What is allowed now and would not be if all segments were enforced and nobody else wrote policies. */
final class Undeclared {

    /** Bytes that an entry of the map takes. */
    private static final int ENTRY = 250;

    private static final String OUTSIDE = "outside";

    private record Pair(String source, String destination) {}

    private final ViewedCluster cluster;
    private final Topology topology;
    private final Enrolment enrolment;
    private final MemoryLimit memory;
    private final Reachability declared;
    /** What one end declares, as if the other end were not enforced. */
    private final ImmutableMap<Direction, Supplier<Reachability>> halves;

    /** The namespaces for which something may be declared: before anything is enforced it is few of them, or none. */
    private final ImmutableSet<String> declaring;

    private final Map<Pair, PortSet> outside = new HashMap<>();

    /** @param wanted the namespaces of which one is an end of each connection that is asked about */
    Undeclared(ViewedCluster cluster, Predicate<String> wanted, MemoryLimit memory) {
        this.cluster = cluster;
        this.topology = cluster.snapshot().topology();
        this.enrolment = cluster.snapshot().enrolment();
        this.memory = memory;
        this.declared = Reachability.of(topology, cluster.expected(), PluginSemantics.upstream(), memory);
        this.declaring = cluster.namespaces().stream()
                .map(namespace -> namespace.name())
                .filter(this::mayDeclare)
                .collect(ImmutableSet.toImmutableSet());
        this.halves = Maps.toMap(List.of(Direction.values()), direction -> Suppliers.memoize(() -> half(direction)));
        cluster.namespaces().stream()
                .map(namespace -> namespace.name())
                .filter(wanted)
                .forEach(this::compareOutside);
    }

    /** By an intent of its own, or within a trust boundary by one of another namespace of its segment. */
    private boolean mayDeclare(String namespace) {
        return enrolment
                .segment(namespace)
                .filter(segment -> segment.trustBoundary() == DeclaredSegment.TrustBoundary.SEGMENT
                        || cluster.snapshot().declarations().intents().containsKey(namespace))
                .isPresent();
    }

    private Reachability half(Direction direction) {
        List<NetworkPolicy> policies = cluster.expected().stream()
                .filter(policy -> policy.directions().contains(direction))
                .map(policy -> policy.withRules(
                        policy.subject(), ImmutableSet.of(direction), policy.ingress(), policy.egress()))
                .toList();
        return Reachability.of(topology, policies, PluginSemantics.upstream(), memory);
    }

    /** Of one namespace, whose policies alone have a say in it. */
    private void compareOutside(String namespace) {
        List<Pod> members =
                topology.pods().filter(pod -> pod.namespace().equals(namespace)).toList();
        Topology alone = Topology.of(topology.namespaces(), members, ImmutableMap.of());
        Difference.outside(
                new Difference.Side(alone, in(namespace, cluster.expected())),
                new Difference.Side(alone, in(namespace, cluster.policies())),
                PluginSemantics.upstream(),
                memory,
                change -> add(new Pair(end(change.source()), end(change.destination())), change.gained()));
    }

    private static List<NetworkPolicy> in(String namespace, Collection<NetworkPolicy> policies) {
        return policies.stream()
                .filter(policy -> policy.key().namespace().equals(namespace))
                .toList();
    }

    private void add(Pair pair, PortSet gained) {
        PortSet known = outside.getOrDefault(pair, PortSet.none());
        PortSet more = known.union(gained);
        if (!more.equals(known)) {
            memory.keep((known.isEmpty() ? ENTRY : 0) + MemoryLimit.of(more));
            outside.put(pair, more);
        }
    }

    /** The part of the ports that nobody has declared. */
    PortSet of(Party source, Party destination, PortSet ports) {
        if (!isEnrolled(source) && !isEnrolled(destination)) {
            return ports;
        }
        return ports.intersection(source.workload()
                .flatMap(from -> destination.workload().map(to -> ports.difference(declared.between(from, to))))
                .orElseGet(() -> outside.getOrDefault(new Pair(end(source), end(destination)), PortSet.none())));
    }

    /**
     * The part of what {@link #of} gave that one end has declared, and that is open at the other end without a declaration:
     * since that end is not enforced, or by a policy of somebody else.
     */
    PortSet byOneEnd(Party source, Party destination, PortSet undeclared) {
        if (undeclared.isEmpty()
                || source.workload().isEmpty()
                || destination.workload().isEmpty()) {
            return PortSet.none();
        }
        WorkloadName from = source.workload().orElseThrow();
        WorkloadName to = destination.workload().orElseThrow();
        PortSet bySource = declaring.contains(from.namespace()) ? allowed(Direction.EGRESS, from, to) : PortSet.none();
        PortSet byDestination =
                declaring.contains(to.namespace()) ? allowed(Direction.INGRESS, from, to) : PortSet.none();
        return undeclared.intersection(bySource.union(byDestination));
    }

    private PortSet allowed(Direction direction, WorkloadName from, WorkloadName to) {
        return halves.get(direction).get().between(from, to);
    }

    private boolean isEnrolled(Party party) {
        return party.workload()
                .flatMap(workload -> enrolment.segment(workload.namespace()))
                .isPresent();
    }

    /** Addresses outside are one end. */
    private static String end(Party party) {
        return party.workload().map(WorkloadName::toString).orElse(OUTSIDE);
    }
}
