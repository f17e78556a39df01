package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.Workload;
import dev.bulkhead.core.world.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A few namespaces, each its own enforced segment unless a segment claims it, and what they declare. The API server stamps
 * pods there.
 */
final class SmallTown {

    static final Ports HTTPS = Ports.port(Protocol.TCP, 8443);

    private final List<Namespace> namespaces = new ArrayList<>();
    private final List<DeclaredIntent> intents = new ArrayList<>();
    private final List<DeclaredSegment> segments = new ArrayList<>();
    private final Set<String> strangers = new HashSet<>();
    private final List<NetworkPolicy> policiesByOthers = new ArrayList<>();

    /** Pods with {@code app}, which run under the account of the same name. */
    static PodClass stamped(String app) {
        return pod(app, Map.of("app", app, Identity.LABEL, app));
    }

    /** Such as were there before pods were stamped. */
    static PodClass unstamped(String app) {
        return pod(app, Map.of("app", app));
    }

    static PodClass pod(String account, Map<String, String> labels) {
        return new PodClass(ImmutableSortedMap.copyOf(labels), account, ImmutableSortedSet.of(), false);
    }

    static WorkloadSelector account(String name) {
        return new WorkloadSelector.ServiceAccount(name);
    }

    static WorkloadSelector deployment(String name) {
        return new WorkloadSelector.Owner(new Workload.Key("Deployment", name));
    }

    static Rule outbound(int index, String namespace, WorkloadSelector workload) {
        return outbound(index, new Peer.OfWorkload(namespace, workload));
    }

    static Rule outbound(int index, Peer peer) {
        return new Rule(Direction.EGRESS, index, peer, HTTPS, "");
    }

    static Rule inbound(int index, String namespace, WorkloadSelector workload) {
        return new Rule(Direction.INGRESS, index, new Peer.OfWorkload(namespace, workload), HTTPS, "");
    }

    SmallTown with(String namespace, PodClass... pods) {
        return with(namespace, ImmutableMap.of(), pods);
    }

    /** @param app of a Deployment whose name, account and label it is */
    SmallTown withDeployment(String namespace, String app, PodClass... pods) {
        Workload workload =
                new Workload(new Workload.Key("Deployment", app), LabelSelector.label("app", app), unstamped(app));
        return with(namespace, ImmutableMap.of(workload.key(), workload), pods);
    }

    /** @param service in front of pods */
    SmallTown withService(String namespace, Service service, PodClass... pods) {
        return with(namespace, ImmutableMap.of(service.name(), service), ImmutableMap.of(), pods);
    }

    private SmallTown with(String name, ImmutableMap<Workload.Key, Workload> workloads, PodClass... pods) {
        return with(name, ImmutableMap.of(), workloads, pods);
    }

    private SmallTown with(
            String name,
            ImmutableMap<String, Service> services,
            ImmutableMap<Workload.Key, Workload> workloads,
            PodClass... pods) {
        namespaces.add(new Namespace(
                name,
                ImmutableSortedMap.of(Namespace.NAME_LABEL, name),
                false,
                services,
                workloads,
                ImmutableSet.copyOf(pods)));
        return this;
    }

    SmallTown declaring(String namespace, String name, WorkloadSelector workload, Rule... rules) {
        intents.add(new DeclaredIntent(new DeclaredIntent.Key(namespace, name), workload, ImmutableList.copyOf(rules)));
        return this;
    }

    /** One within which one end's declaration is enough. */
    SmallTown trusting(String segment, String... members) {
        segments.add(segment(segment, DeclaredSegment.TrustBoundary.SEGMENT, members));
        return this;
    }

    /** Which is enforced in these directions only; in none, it observes. */
    SmallTown enforcing(String namespace, Direction... directions) {
        return claiming(namespace, namespace, directions);
    }

    /** One more segment that claims the namespace, and is enforced in these directions; in none, it observes. */
    SmallTown claiming(String segment, String namespace, Direction... directions) {
        segments.add(
                segment(segment, DeclaredSegment.TrustBoundary.WORKLOAD, ImmutableSet.copyOf(directions), namespace));
        return this;
    }

    /** A namespace that no segment claims. */
    SmallTown withStranger(String namespace, PodClass... pods) {
        strangers.add(namespace);
        return with(namespace, pods);
    }

    SmallTown withPolicyByOthers(NetworkPolicy policy) {
        policiesByOthers.add(policy);
        return this;
    }

    private static DeclaredSegment segment(String name, DeclaredSegment.TrustBoundary boundary, String... members) {
        return segment(name, boundary, ImmutableSet.copyOf(Direction.values()), members);
    }

    private static DeclaredSegment segment(
            String name, DeclaredSegment.TrustBoundary boundary, ImmutableSet<Direction> enforced, String... members) {
        return new DeclaredSegment(
                name,
                ImmutableList.copyOf(members),
                ImmutableList.of(),
                enforced,
                boundary,
                /* dns= */ false,
                /* verified= */ false);
    }

    World world() {
        return World.withoutAddresses(
                namespaces.stream()
                        .collect(ImmutableSortedMap.toImmutableSortedMap(
                                Comparator.naturalOrder(), Namespace::name, namespace -> namespace)),
                ClusterFacts.unknown(/* identityInForce= */ true));
    }

    Declarations declarations() {
        List<String> claimed = segments.stream()
                .flatMap(segment -> segment.namespaces().stream())
                .toList();
        Stream<DeclaredSegment> others = namespaces.stream()
                .map(Namespace::name)
                .filter(name -> !claimed.contains(name) && !strangers.contains(name))
                .map(name -> segment(name, DeclaredSegment.TrustBoundary.WORKLOAD, name));
        return Declarations.of(
                intents,
                Stream.concat(segments.stream(), others).toList(),
                List.of(),
                WellKnownPlaces.nothing(),
                Declarations.SYSTEM_NAMESPACES);
    }

    Enrolment enrolment() {
        return new SegmentAssigner().enrol(world().namespaces().keySet(), declarations());
    }

    ImmutableSortedMap<String, Compilation> compile() {
        return compile(Visibility.OF_A_TEAM);
    }

    ImmutableSortedMap<String, Compilation> compile(Visibility sight) {
        return new Compiler(sight)
                .compile(
                        world(),
                        PoliciesByOthers.among(policiesByOthers),
                        declarations(),
                        enrolment(),
                        world().namespaces().keySet());
    }

    IntentOutcome outcome(String namespace, String intent) {
        return compile().get(namespace).intents().get(new DeclaredIntent.Key(namespace, intent));
    }
}
