package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Sets;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.GuardrailStatus;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.cluster.read.WellKnownPeersReader;
import dev.bulkhead.core.compile.Enrol;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.Guardrail;
import dev.bulkhead.core.intent.Segment;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.Workload;
import dev.bulkhead.core.world.World;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that is known, behind one lock. Each change answers whom it touches: those it concerned before and those it
 * concerns now. Until the first lists are complete nobody is touched.
 */
final class InventoryState {

    /** Namespaces whose place changed, and the segments they left or came to. */
    private record Moves(Set<String> namespaces, Set<String> segments) {}

    private final ImmutableSet<String> excluded;
    private final Enrol enrol = new Enrol();
    private final NamespaceStore namespaces = new NamespaceStore();
    private final IntentStore intents = new IntentStore();
    private final DeclaredStore<Segment, SegmentStatus> segments = new DeclaredStore<>();
    private final DeclaredStore<Guardrail, GuardrailStatus> guardrails = new DeclaredStore<>();
    private final DeclaredStore<WellKnownPlaces, Void> wellKnown = new DeclaredStore<>();
    private final PolicyStore policies = new PolicyStore();
    private ClusterFacts facts;
    private Enrolment enrolment = new Enrolment(ImmutableSortedMap.of(), ImmutableSortedMap.of());
    private boolean complete;

    /** @param excluded namespaces that no segment can enrol */
    InventoryState(Set<String> excluded, ClusterFacts facts) {
        this.excluded = ImmutableSet.copyOf(excluded);
        this.facts = facts;
    }

    synchronized Snapshot snapshot() {
        return new Snapshot(
                new World(namespaces.known(), facts),
                declarations(),
                enrolment,
                intents.declared(),
                segments.revisions(),
                segments.rejections(),
                guardrails.revisions(),
                guardrails.rejections(),
                wellKnown.revisions(),
                wellKnown.rejections(),
                policies.copy());
    }

    synchronized LiveView view() {
        return new LiveView(snapshot(), namespaces.pods(), intents.statusesByName(), segments.statusesByName());
    }

    private Declarations declarations() {
        return new Declarations(intents.intents(), segments.meanings(), guardrails.meanings(), places(), excluded);
    }

    private WellKnownPlaces places() {
        return wellKnown.meaning(WellKnownPeersReader.NAME).orElse(WellKnownPlaces.nothing());
    }

    Statuses<AccessIntent.Key, AccessIntentStatus> intentStatuses() {
        return new LockedStatuses<>(this, intents);
    }

    synchronized ImmutableListMultimap<String, AccessIntentStatus> intentStatusesByNamespace() {
        return intents.statuses();
    }

    Statuses<String, SegmentStatus> segmentStatuses() {
        return new LockedStatuses<>(this, segments);
    }

    Statuses<String, GuardrailStatus> guardrailStatuses() {
        return new LockedStatuses<>(this, guardrails);
    }

    /** The first lists are complete: from now on changes touch somebody. */
    synchronized Touch complete() {
        complete = true;
        enrolAnew();
        return Touch.enrolment(concerned(namespaces.known().keySet()));
    }

    synchronized Touch namespace(String name, Optional<Namespace> object) {
        NamespaceSlice slice = namespaces.slice(name);
        boolean existed = slice.exists();
        if (!slice.setObject(object)) {
            return Touch.NOBODY;
        }
        namespaces.changed(name);
        Moves moves = existed == slice.exists() ? new Moves(Set.of(), Set.of()) : enrolAnew();
        Set<String> touched = Sets.union(moves.namespaces(), Set.of(name));
        return complete ? enrolmentTouch(moves, withReferrers(touched, moves.segments())) : Touch.NOBODY;
    }

    /** Whether the namespace is there, and not about to go. */
    synchronized boolean lives(String name) {
        return namespaces.lives(name);
    }

    synchronized Touch service(String namespace, String name, Optional<Service> seen) {
        boolean changed = namespaces.slice(namespace).setService(name, seen);
        Touch touch = content(namespace, changed);
        return changed && isHomeOfDns(namespace) ? everybody() : touch;
    }

    /** Every workload may ask the DNS, whatever its intents. */
    private boolean isHomeOfDns(String namespace) {
        return places().namespaces(WellKnown.KUBE_DNS).contains(namespace);
    }

    synchronized Touch workload(String namespace, Workload.Key key, Optional<Workload> seen) {
        return content(namespace, namespaces.slice(namespace).setWorkload(key, seen));
    }

    synchronized Touch pod(String namespace, String name, Optional<Pod> seen) {
        NamespaceSlice slice = namespaces.slice(namespace);
        int unstamped = slice.unstamped();
        Touch touch = content(namespace, slice.setPod(name, seen));
        // Where the policies are in force this can but become less; elsewhere it would change with every pod.
        boolean counted = complete && facts.identityInForce();
        return counted && slice.unstamped() != unstamped ? touch.withEnrolment() : touch;
    }

    /** How many pods of these namespaces lack the stamp. */
    synchronized int unstamped(Collection<String> named) {
        return namespaces.unstamped(named);
    }

    private Touch content(String namespace, boolean changed) {
        if (!changed) {
            return Touch.NOBODY;
        }
        namespaces.changed(namespace);
        if (places().places().get(WellKnown.KUBE_DNS) instanceof WellKnownPlaces.Pods dns
                && dns.namespace().equals(namespace)) {
            return everybody();
        }
        return complete ? Touch.any(withReferrers(Set.of(namespace), Set.of())) : Touch.NOBODY;
    }

    synchronized Touch intent(AccessIntent.Key key, Sighting<AccessIntent, AccessIntentStatus> sighting) {
        Optional<AccessIntent> before = intents.meaning(key);
        if (!intents.seen(key, sighting) || !complete) {
            return Touch.NOBODY;
        }
        return intentChanged(key, before);
    }

    synchronized Touch intentGone(AccessIntent.Key key) {
        Optional<AccessIntent> before = intents.meaning(key);
        intents.gone(key);
        return complete ? intentChanged(key, before) : Touch.NOBODY;
    }

    private Touch intentChanged(AccessIntent.Key key, Optional<AccessIntent> before) {
        References references = references();
        Set<String> touched = new TreeSet<>(Set.of(key.namespace()));
        before.ifPresent(intent -> touched.addAll(references.concernedBy(intent)));
        intents.meaning(key).ifPresent(intent -> touched.addAll(references.concernedBy(intent)));
        return before.isPresent() ? Touch.any(concerned(touched)) : Touch.growth(concerned(touched));
    }

    synchronized Touch segment(String name, Sighting<Segment, SegmentStatus> sighting) {
        return segments.seen(name, sighting) ? segmentChanged(name) : Touch.NOBODY;
    }

    synchronized Touch segmentGone(String name) {
        segments.gone(name);
        return segmentChanged(name);
    }

    private Touch segmentChanged(String name) {
        if (!complete) {
            return Touch.NOBODY;
        }
        Moves moves = enrolAnew();
        return enrolmentTouch(
                moves,
                withReferrers(
                        Sets.union(moves.namespaces(), enrolment.members(name)),
                        Sets.union(moves.segments(), Set.of(name))));
    }

    synchronized Touch guardrail(String name, Sighting<Guardrail, GuardrailStatus> sighting) {
        return guardrails.seen(name, sighting) ? everybody() : Touch.NOBODY;
    }

    synchronized Touch guardrailGone(String name) {
        guardrails.gone(name);
        return everybody();
    }

    /** What it forbids stays forbidden. */
    synchronized void guardrailLost(String name) {
        guardrails.lost(name);
    }

    synchronized boolean isGuardrailLost(String name) {
        return guardrails.isLost(name);
    }

    /** Unless it has come back by now. */
    synchronized Touch lostGuardrailLifted(String name) {
        return guardrails.isLost(name) ? guardrailGone(name) : Touch.NOBODY;
    }

    synchronized Touch wellKnown(Sighting<WellKnownPlaces, Void> sighting) {
        return wellKnown.seen(WellKnownPeersReader.NAME, sighting) ? everybody() : Touch.NOBODY;
    }

    synchronized Touch wellKnownGone() {
        wellKnown.gone(WellKnownPeersReader.NAME);
        return everybody();
    }

    /** What holds for the whole cluster seldom changes, and hardly ever for one namespace alone. */
    private Touch everybody() {
        return complete ? Touch.enrolment(concerned(namespaces.known().keySet())) : Touch.NOBODY;
    }

    /** One that moved is always looked at: something may be on its way there that is not known yet. */
    private Touch enrolmentTouch(Moves moves, Set<String> concerned) {
        Set<String> touched = new TreeSet<>(concerned);
        moves.namespaces().stream().filter(namespaces.known()::containsKey).forEach(touched::add);
        return Touch.enrolment(touched);
    }

    /** @return whether the policy differs from what was known, and from what we wrote */
    synchronized boolean policy(LivePolicy seen) {
        return policies.observed(seen);
    }

    /** @return whether the policy was thought to be there */
    synchronized boolean policyGone(NetworkPolicy.Key key, String uid) {
        return policies.observedGone(key, uid);
    }

    synchronized Optional<LivePolicy> livePolicy(NetworkPolicy.Key key) {
        return Optional.ofNullable(policies.get(key));
    }

    synchronized Touch policyTouch(String namespace) {
        return complete ? Touch.any(concerned(Set.of(namespace))) : Touch.NOBODY;
    }

    synchronized void writing(NetworkPolicy.Key key, Optional<NetworkPolicy> wanted) {
        policies.writing(key, wanted);
    }

    synchronized void answered(NetworkPolicy.Key key) {
        policies.answered(key);
    }

    synchronized void written(LivePolicy policy) {
        policies.written(policy);
    }

    synchronized void deleted(NetworkPolicy.Key key, String uid) {
        policies.deleted(key, uid);
    }

    synchronized Touch facts(ClusterFacts seen) {
        if (seen.equals(facts)) {
            return Touch.NOBODY;
        }
        facts = seen;
        return everybody();
    }

    /** Whatever became of the admission policies, the segments say so. */
    synchronized Touch identity(ClusterFacts seen) {
        Touch touch = facts(seen);
        return complete ? touch.withEnrolment() : touch;
    }

    private Moves enrolAnew() {
        Set<String> moved = new TreeSet<>();
        Set<String> leftOrReached = new TreeSet<>();
        if (complete) {
            Enrolment before = enrolment;
            enrolment = enrol.enrol(namespaces.known().keySet(), declarations());
            for (String name : Sets.union(keys(before), keys(enrolment))) {
                Optional<Segment> left = before.segment(name);
                Optional<Segment> reached = enrolment.segment(name);
                boolean same = left.equals(reached)
                        && Objects.equals(
                                before.conflicts().get(name),
                                enrolment.conflicts().get(name));
                if (!same) {
                    moved.add(name);
                    left.ifPresent(segment -> leftOrReached.add(segment.name()));
                    reached.ifPresent(segment -> leftOrReached.add(segment.name()));
                }
            }
        }
        return new Moves(moved, leftOrReached);
    }

    private static Set<String> keys(Enrolment enrolment) {
        return Sets.union(enrolment.segments().keySet(), enrolment.conflicts().keySet());
    }

    private Set<String> withReferrers(Set<String> touched, Set<String> named) {
        return concerned(references().withReferrers(touched, named));
    }

    private References references() {
        return new References(intents.referrals(), enrolment, places());
    }

    /** Those for which there can be anything to do. */
    private Set<String> concerned(Set<String> touched) {
        Set<String> concerned = new TreeSet<>();
        Set<String> existing = namespaces.known().keySet();
        for (String name : touched) {
            if (existing.contains(name)
                    && (enrolment.segments().containsKey(name)
                            || enrolment.conflicts().containsKey(name)
                            || intents.hasAny(name)
                            || policies.hasAny(name))) {
                concerned.add(name);
            }
        }
        return concerned;
    }
}
