package dev.bulkhead.core.compile;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.NamespaceIntents;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.World;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The only way in which the steps of the compiler see the world and what was declared: whatever they read, found or not, is
 * recorded as a {@link Dependency}. What is kept for later has to be kept with its record. For one thread.
 */
final class TrackedInputs {

    /** What came of a computation, and what it read. */
    record Recorded<T>(T value, ImmutableSet<Dependency> dependencies) {}

    private final World world;
    private final PoliciesByOthers policiesByOthers;
    private final Declarations declarations;
    private final Enrolment enrolment;
    private final SegmentAssigner enrol = new SegmentAssigner();
    private final Map<String, ImmutableSortedSet<String>> members = new HashMap<>();
    private final Map<String, Enrolment> hypothetical = new HashMap<>();
    private final Deque<Set<Dependency>> records = new ArrayDeque<>(List.of(new HashSet<>()));

    TrackedInputs(World world, PoliciesByOthers policiesByOthers, Declarations declarations, Enrolment enrolment) {
        this.world = world;
        this.policiesByOthers = policiesByOthers;
        this.declarations = declarations;
        this.enrolment = enrolment;
    }

    /** For questions that have nothing to do with segments. */
    static TrackedInputs withoutSegments(World world, Declarations declarations) {
        return new TrackedInputs(
                world,
                PoliciesByOthers.none(),
                declarations,
                new Enrolment(ImmutableSortedMap.of(), ImmutableSortedMap.of()));
    }

    /** What it reads counts for the result alone, until that is {@link #used}. */
    <T> Recorded<T> recorded(Supplier<T> computation) {
        records.push(new HashSet<>());
        try {
            T value = computation.get();
            return new Recorded<>(value, Dependencies.condensed(records.element(), enrolment));
        } finally {
            records.pop();
        }
    }

    void used(Collection<Dependency> dependencies) {
        records.element().addAll(dependencies);
    }

    <T> T used(Recorded<T> recorded) {
        used(recorded.dependencies());
        return recorded.value();
    }

    /** Worked out when it is asked for first, and once; whoever asks depends on what that read. */
    <T> Supplier<T> later(Supplier<T> computation) {
        Supplier<Recorded<T>> once = Suppliers.memoize(() -> recorded(computation));
        return () -> used(once.get());
    }

    /** The dependencies of a namespace that was compiled. */
    Dependencies dependencies(String namespace, ImmutableSet<Dependency> recorded) {
        return new Dependencies(recorded, topics(namespace));
    }

    private void record(Dependency dependency) {
        records.element().add(dependency);
    }

    boolean exists(String namespace) {
        record(new Dependency.Place(namespace));
        return world.namespace(namespace).isPresent();
    }

    ImmutableMap<String, Service> services(String namespace) {
        record(new Dependency.Contents(namespace, Dependency.Kind.SERVICES));
        return world.namespace(namespace).map(Namespace::services).orElse(ImmutableMap.of());
    }

    /** The namespace's pods and workloads; one that is not found has none. */
    Namespace population(String namespace) {
        record(new Dependency.Contents(namespace, Dependency.Kind.PODS));
        return world.namespace(namespace).orElseGet(() -> Namespace.empty(namespace));
    }

    /** Those of the Namespace object; one that is not found has none. */
    ImmutableSortedMap<String, String> labels(String namespace) {
        record(new Dependency.Contents(namespace, Dependency.Kind.LABELS));
        return world.namespace(namespace).map(Namespace::labels).orElse(ImmutableSortedMap.of());
    }

    ImmutableList<NetworkPolicy> policiesByOthers(String namespace) {
        record(new Dependency.Contents(namespace, Dependency.Kind.POLICIES_BY_OTHERS));
        return policiesByOthers.in(namespace);
    }

    /** Notes that it matters which namespaces have something with an address in the block. */
    void addressesIn(IpBlock block) {
        record(new Dependency.Addresses(block));
    }

    /** In ascending order, those of some namespaces. Whoever looks for a block in them says so by {@link #addressesIn}. */
    ImmutableList<IpAddress> addresses(Predicate<String> of) {
        return world.addresses().entrySet().stream()
                .filter(entry -> of.test(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .sorted()
                .collect(ImmutableList.toImmutableList());
    }

    ClusterFacts facts() {
        record(Dependency.ClusterWide.FACTS);
        return world.facts();
    }

    /** By name. */
    ImmutableSortedMap<String, DeclaredIntent> intents(String namespace) {
        record(new Dependency.Intents(namespace));
        return declarations.of(namespace).intents();
    }

    /** The intents of one namespace, by name, of which only rules are looked at that may mean the other one. */
    ImmutableSortedMap<String, DeclaredIntent> said(String by, String of) {
        segment(of);
        wellKnown();
        record(new Dependency.Said(by));
        return declarations.of(by).intents();
    }

    /** Tells by what is declared whether a peer may be pods of the namespace. */
    Peer.Cases<Boolean> meaning(String namespace) {
        return new PeerInNamespace(
                namespace, segment(namespace).map(DeclaredSegment::name).orElse(""), wellKnown());
    }

    /** The members of a segment whose intents name the namespace. */
    List<String> declarersNaming(String namespace, DeclaredSegment segment) {
        record(new Dependency.SaidByMembers(segment.name()));
        WellKnownPlaces places = wellKnown();
        return declarations.intents().entrySet().stream()
                .filter(entry -> names(entry.getValue(), namespace, segment, places))
                .map(Map.Entry::getKey)
                .filter(declarer -> enrolment.segment(declarer).equals(Optional.of(segment)))
                .toList();
    }

    private static boolean names(
            NamespaceIntents intents, String namespace, DeclaredSegment segment, WellKnownPlaces places) {
        return intents.referTo(namespace, places) || intents.referredSegments().contains(segment.name());
    }

    private ImmutableSet<PeerName> topics(String namespace) {
        ImmutableSet.Builder<PeerName> topics = ImmutableSet.builder();
        topics.add(new PeerName.OfNamespace(namespace));
        enrolment.segment(namespace).ifPresent(segment -> topics.add(new PeerName.OfSegment(segment.name())));
        for (WellKnown name : WellKnown.values()) {
            if (declarations.wellKnown().namespaces(name).contains(namespace)) {
                topics.add(new PeerName.OfWellKnown(name));
            }
        }
        return topics.build();
    }

    ImmutableSortedMap<String, DeclaredGuardrail> guardrails() {
        record(Dependency.ClusterWide.GUARDRAILS);
        return declarations.guardrails();
    }

    WellKnownPlaces wellKnown() {
        record(Dependency.ClusterWide.WELL_KNOWN_PEERS);
        return declarations.wellKnown();
    }

    Optional<DeclaredSegment> segment(String namespace) {
        record(new Dependency.Place(namespace));
        return enrolment.segment(namespace);
    }

    /** The directions in which pods of the namespace are isolated; empty where nothing is enforced. */
    ImmutableSet<Direction> enforced(String namespace) {
        record(new Dependency.Place(namespace));
        return enrolment.enforced(namespace);
    }

    /** The segments that claim the namespace with equal right; none where there is no dispute. */
    ImmutableSortedSet<String> disputants(String namespace) {
        return conflict(namespace).map(Enrolment.Conflict::segments).orElse(ImmutableSortedSet.of());
    }

    /** The claims with equal right to the namespace, if there are several. */
    Optional<Enrolment.Conflict> conflict(String namespace) {
        record(new Dependency.Place(namespace));
        return Optional.ofNullable(enrolment.conflicts().get(namespace));
    }

    /** The segments that claim the namespace, were it there: whether it is must not show. */
    ImmutableSet<String> claimants(String namespace) {
        record(new Dependency.Place(namespace));
        return claimedBy(namespace);
    }

    /** The segments that claim the namespace. For many of them, where it costs less to depend on all segments. */
    ImmutableSet<String> claimantsByAllSegments(String namespace) {
        record(Dependency.ClusterWide.SEGMENTS);
        return claimedBy(namespace);
    }

    private ImmutableSet<String> claimedBy(String namespace) {
        boolean known = enrolment.segments().containsKey(namespace)
                || enrolment.conflicts().containsKey(namespace);
        Enrolment found = enrolment;
        if (!known) {
            record(Dependency.ClusterWide.SEGMENTS);
            found = hypothetical.computeIfAbsent(namespace, name -> enrol.enrol(List.of(name), declarations));
        }
        Optional<Enrolment.Conflict> conflict =
                Optional.ofNullable(found.conflicts().get(namespace));
        return found.segment(namespace)
                .map(segment -> ImmutableSet.of(segment.name()))
                .or(() -> conflict.map(Enrolment.Conflict::segments))
                .orElse(ImmutableSet.of());
    }

    ImmutableSortedSet<String> members(String segment) {
        record(new Dependency.Members(segment));
        return members.computeIfAbsent(segment, enrolment::members);
    }
}
