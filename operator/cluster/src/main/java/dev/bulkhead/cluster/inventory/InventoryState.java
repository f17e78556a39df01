package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.GuardrailStatus;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.cluster.OperatorSettings;
import dev.bulkhead.cluster.decode.WellKnownPeersReader;
import dev.bulkhead.core.compile.Dependencies;
import dev.bulkhead.core.compile.Dependency;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.compile.GuardedNamespaces;
import dev.bulkhead.core.compile.Provenance;
import dev.bulkhead.core.compile.SegmentAssigner;
import dev.bulkhead.core.compile.WorldChange;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.NamespaceIntents;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Addresses;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.Workload;
import dev.bulkhead.core.world.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that is known, behind one lock. Each change answers whom it touches: those it concerned before and those it
 * concerns now. Until the first lists are complete nobody is touched.
 */
final class InventoryState {

    /** Namespaces whose place changed. */
    private record Moves(Set<String> namespaces, WorldChange change) {

        private static final Moves NONE = new Moves(Set.of(), WorldChange.nothing());
    }

    private final ImmutableSet<String> excluded;
    private final SegmentAssigner enrol = new SegmentAssigner();
    private final NamespaceStore namespaces;
    private final IntentStore intents;
    private final DeclarationStore<DeclaredSegment, SegmentStatus> segments = new DeclarationStore<>();
    private final DeclarationStore<DeclaredGuardrail, GuardrailStatus> guardrails = new DeclarationStore<>();
    private final DeclarationStore<WellKnownPlaces, Void> wellKnown = new DeclarationStore<>();
    private final PolicyStore policies;
    private final Dependents dependents = new Dependents();
    private final PendingWithdrawals pending = new PendingWithdrawals();
    private ClusterFacts facts;
    private Enrolment enrolment = new Enrolment(ImmutableSortedMap.of(), ImmutableSortedMap.of());
    private boolean complete;

    InventoryState(Set<String> excluded, ClusterFacts facts) {
        this(excluded, facts, OperatorSettings.DEFAULT_NAMESPACE_MEMORY);
    }

    /**
     * @param excluded namespaces that no segment can enrol
     * @param limit of what is kept of one namespace, in bytes: of what stands in it, of its intents and of policies by others each
     */
    InventoryState(Set<String> excluded, ClusterFacts facts, long limit) {
        this.excluded = ImmutableSet.copyOf(excluded);
        this.facts = facts;
        this.namespaces = new NamespaceStore(limit);
        this.intents = new IntentStore(limit);
        this.policies = new PolicyStore(limit);
    }

    synchronized InventorySnapshot snapshot() {
        return new InventorySnapshot(
                new World(namespaces.known(), facts, namespaces.addresses()),
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

    /** For the namespace to be compiled from; every change concerns it until {@link #compiled} says on what that depended. */
    synchronized InventorySnapshot snapshotFor(String namespace) {
        dependents.begin(namespace);
        return snapshot();
    }

    /** @param dependencies absent where it failed; of a namespace that is gone by now they are not remembered */
    synchronized void compiled(String namespace, Optional<Dependencies> dependencies) {
        dependencies
                .filter(found -> namespaces.exists(namespace))
                .ifPresentOrElse(
                        found -> dependents.compiled(namespace, found), () -> dependents.notCompiled(namespace));
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

    Statuses<DeclaredIntent.Key, AccessIntentStatus> intentStatuses() {
        return new LockedStatuses<>(this, intents, policies::told);
    }

    synchronized ImmutableListMultimap<String, AccessIntentStatus> intentStatusesByNamespace() {
        return intents.statuses();
    }

    Statuses<String, SegmentStatus> segmentStatuses() {
        return new LockedStatuses<>(this, segments, policies::told);
    }

    /** What the statuses of all Segments say. */
    synchronized List<SegmentStatus> segmentsSay() {
        return segments.statuses();
    }

    Statuses<String, GuardrailStatus> guardrailStatuses() {
        return new LockedStatuses<>(this, guardrails, policies::told);
    }

    /** The first lists are complete: from now on changes touch somebody. */
    synchronized AffectedNamespaces complete() {
        complete = true;
        enrolAnew();
        return registered(
                AffectedNamespaces.enrolment(concerned(namespaces.known().keySet())));
    }

    PendingWithdrawals pending() {
        return pending;
    }

    /**
     * Under the same lock as the change itself, so that no snapshot shows the change without this. Nothing is written into a
     * namespace that is being deleted, so nobody waits for it, however long its finalizers take.
     */
    private AffectedNamespaces registered(AffectedNamespaces touch) {
        if (touch.mayWithdraw()) {
            pending.expect(touch.namespaces().stream().filter(namespaces::lives).toList());
        }
        return touch;
    }

    synchronized AffectedNamespaces namespace(String name, Optional<Namespace> object) {
        return namespace(name, object, slice -> slice.setObject(object));
    }

    /** A namespace whose labels take too much to be kept. */
    synchronized AffectedNamespaces namespaceWithTooManyLabels(Namespace nameless) {
        return namespace(nameless.name(), Optional.of(nameless), slice -> slice.leaveLabelsOut(nameless));
    }

    private AffectedNamespaces namespace(String name, Optional<Namespace> object, Predicate<NamespaceSlice> set) {
        Optional<Namespace> before = namespaces.object(name);
        AddressNews news = new AddressNews(name);
        if (!namespaces.change(name, set)) {
            return AffectedNamespaces.NOBODY;
        }
        Moves moves = Moves.NONE;
        WorldChange change = WorldChange.nothing();
        if (before.isPresent() != object.isPresent()) {
            moves = enrolAnew();
            change = WorldChange.existence(name).and(moves.change()).and(news.change());
        } else if (!before.map(Namespace::labels).equals(object.map(Namespace::labels))) {
            change = WorldChange.contents(name, Dependency.Kind.LABELS, enrolment);
        }
        AffectedNamespaces touch =
                complete ? enrolmentTouch(moves, concernedBy(change, Set.of(name))) : AffectedNamespaces.NOBODY;
        if (!namespaces.lives(name)) {
            pending.forget(name);
        }
        if (object.isEmpty()) {
            dependents.forget(name);
        }
        return touch;
    }

    /** Whether the namespace is there, and not about to go. */
    synchronized boolean lives(String name) {
        return namespaces.lives(name);
    }

    synchronized AffectedNamespaces service(String namespace, String name, Optional<Service> seen) {
        seen.map(Service::selector).ifPresent(namespaces::selectedBy);
        return service(namespace, name, NamespaceSlice.ofService(seen), slice -> slice.setService(name, seen));
    }

    synchronized AffectedNamespaces serviceTooLarge(String namespace, String name) {
        return service(namespace, name, Set.of(), slice -> slice.leaveServiceOut(name));
    }

    /** @param addresses that it may have from now on */
    private AffectedNamespaces service(
            String namespace, String name, Set<IpAddress> addresses, Predicate<NamespaceSlice> change) {
        AddressNews news = new AddressNews(namespace, namespaces.addressesOfService(namespace, name), addresses);
        boolean changed = namespaces.change(namespace, change);
        AffectedNamespaces touch =
                content(namespace, Dependency.Kind.SERVICES, changed).and(news.touch());
        return changed && complete && isHomeOfDns(namespace) ? touch.withEnrolment() : touch;
    }

    /** Segments say what the name of the DNS comes to. */
    private boolean isHomeOfDns(String namespace) {
        return places().namespaces(WellKnown.KUBE_DNS).contains(namespace);
    }

    synchronized AffectedNamespaces workload(String namespace, Workload.Key key, Optional<Workload> seen) {
        seen.map(Workload::selector).ifPresent(namespaces::selectedBy);
        boolean changed = namespaces.change(namespace, slice -> slice.setWorkload(key, seen));
        return content(namespace, Dependency.Kind.PODS, changed);
    }

    synchronized AffectedNamespaces workloadTooLarge(String namespace, Workload.Key key) {
        boolean changed = namespaces.change(namespace, slice -> slice.leaveWorkloadOut(key));
        return content(namespace, Dependency.Kind.PODS, changed);
    }

    synchronized AffectedNamespaces pod(String namespace, String name, Optional<Pod> seen) {
        return pod(namespace, name, NamespaceSlice.ofPod(seen), slice -> slice.setPod(name, seen));
    }

    synchronized AffectedNamespaces podTooLarge(String namespace, String name) {
        return pod(namespace, name, Set.of(), slice -> slice.leavePodOut(name));
    }

    /** @param addresses that it may have from now on */
    private AffectedNamespaces pod(
            String namespace, String name, Set<IpAddress> addresses, Predicate<NamespaceSlice> change) {
        int unstamped = namespaces.unstamped(Set.of(namespace));
        AddressNews news = new AddressNews(namespace, namespaces.addressesOfPod(namespace, name), addresses);
        boolean changed = namespaces.changePod(namespace, change);
        AffectedNamespaces touch =
                content(namespace, Dependency.Kind.PODS, changed).and(news.touch());
        // Where the policies are in force this can but become less; elsewhere it would change with every pod.
        boolean counted = complete && facts.identityInForce();
        return counted && namespaces.unstamped(Set.of(namespace)) != unstamped ? touch.withEnrolment() : touch;
    }

    /** One of the objects of the namespace that there is no room for, and how many there are; empty where everything is known. */
    synchronized Optional<String> leftOut(String namespace) {
        return namespaces.leftOut(namespace);
    }

    /** How many namespaces have more in them than there is room for. */
    synchronized int crowded() {
        return namespaces.crowded();
    }

    /** The kinds of which something was left out that there may be room for now; each time is told once. */
    synchronized Set<String> kindsWithRoom() {
        return ImmutableSet.<String>builder()
                .addAll(namespaces.kindsWithRoom())
                .addAll(intents.kindsWithRoom())
                .addAll(policies.kindsWithRoom())
                .build();
    }

    /** What a change of a namespace's addresses means to those whose rules name addresses. Made before the change. */
    private final class AddressNews {

        private final String namespace;
        private final Set<IpAddress> moving;
        private final Set<IpBlock> blocks = new HashSet<>();
        private final Set<IpBlock> before;

        AddressNews(String namespace, Set<IpAddress> before, Set<IpAddress> after) {
            this(namespace, before.equals(after) ? List.of() : Sets.union(before, after));
        }

        /** Of the namespace with all that is in it. */
        AddressNews(String namespace) {
            this(namespace, namespaces.addressesWherever(namespace));
        }

        /** @param candidates those that may come or go */
        private AddressNews(String namespace, Collection<IpAddress> candidates) {
            this.namespace = namespace;
            boolean matters = complete && !guardrails.meanings().isEmpty();
            this.moving = matters ? candidates.stream().filter(this::isOutside).collect(Collectors.toSet()) : Set.of();
            moving.forEach(address -> blocks.addAll(dependents.blocksAround(address)));
            this.before = present();
        }

        /** Rules never reach into the ranges that are known to be the cluster's. */
        private boolean isOutside(IpAddress address) {
            return facts.networks().stream().noneMatch(network -> network.contains(address));
        }

        /** The blocks in which the namespace has something. */
        private Set<IpBlock> present() {
            List<IpAddress> addresses = blocks.isEmpty() ? List.of() : namespaces.addresses(namespace);
            return blocks.stream()
                    .filter(block -> Addresses.isAnyIn(
                            IpBlock.of(block.cidr(), Sets.union(block.except(), facts.networks())), addresses))
                    .collect(Collectors.toSet());
        }

        /** After the change. One more address of a namespace that has some there makes no difference. */
        WorldChange change() {
            Set<IpBlock> changed = Sets.symmetricDifference(before, present());
            return !changed.isEmpty() && isGuarded() ? WorldChange.addresses(changed) : WorldChange.nothing();
        }

        /** After the change. What is being compiled may come to depend on blocks that nobody asked about before. */
        AffectedNamespaces touch() {
            WorldChange change = change();
            boolean concerns =
                    !change.of().isEmpty() || (!moving.isEmpty() && dependents.isAnyUnderWay() && isGuarded());
            return concerns
                    ? registered(AffectedNamespaces.any(concernedBy(change, Set.of())))
                    : AffectedNamespaces.NOBODY;
        }

        private boolean isGuarded() {
            return GuardedNamespaces.include(namespace, declarations(), enrolment);
        }
    }

    /** How many pods of these namespaces lack the stamp. */
    synchronized int unstamped(Collection<String> named) {
        return namespaces.unstamped(named);
    }

    private AffectedNamespaces content(String namespace, Dependency.Kind kind, boolean changed) {
        if (!changed || !complete) {
            return AffectedNamespaces.NOBODY;
        }
        AffectedNamespaces touch = registered(AffectedNamespaces.any(
                concernedBy(WorldChange.contents(namespace, kind, enrolment), Set.of(namespace))));
        boolean said = places().places().values().stream()
                .anyMatch(place -> place.fold(pods -> pods.namespace().equals(namespace), networks -> false));
        return said ? touch.withEnrolment() : touch;
    }

    synchronized AffectedNamespaces intent(
            DeclaredIntent.Key key, DecodedObject<DeclaredIntent, AccessIntentStatus> sighting) {
        Optional<DeclaredIntent> before = intents.meaning(key);
        boolean wasUnknown = intents.isUnknown(key);
        boolean changed = intents.seen(key, sighting);
        intents.meaning(key).stream().flatMap(DeclaredIntent::selectors).forEach(namespaces::selectedBy);
        if (!changed || !complete) {
            return AffectedNamespaces.NOBODY;
        }
        return intentChanged(key, before, wasUnknown);
    }

    /** It is being deleted, and there until its finalizers are gone. */
    synchronized AffectedNamespaces intentWithdrawn(DeclaredIntent.Key key, LiveStatus<AccessIntentStatus> status) {
        Optional<DeclaredIntent> before = intents.meaning(key);
        boolean wasUnknown = intents.isUnknown(key);
        boolean changed = intents.withdrawnSeen(key, status);
        return changed && complete ? intentChanged(key, before, wasUnknown) : AffectedNamespaces.NOBODY;
    }

    synchronized AffectedNamespaces intentGone(DeclaredIntent.Key key) {
        Optional<DeclaredIntent> before = intents.meaning(key);
        boolean wasUnknown = intents.isUnknown(key);
        intents.gone(key);
        return complete ? intentChanged(key, before, wasUnknown) : AffectedNamespaces.NOBODY;
    }

    /** See {@link DeclarationStore#settleEchoes}. */
    synchronized List<AffectedNamespaces> echoesSettled() {
        List<AffectedNamespaces> touches = new ArrayList<>();
        Set<String> back = intents.settleEchoes();
        if (complete && !back.isEmpty()) {
            touches.add(registered(AffectedNamespaces.any(concerned(back))));
        }
        if (!segments.settleEchoes().isEmpty()) {
            touches.add(segmentChanged(neverUnderstood()));
        }
        if (!guardrails.settleEchoes().isEmpty()) {
            touches.add(everybody());
        }
        return touches;
    }

    /** @param wasUnknown whether policies had to stay as they were for its sake */
    private AffectedNamespaces intentChanged(
            DeclaredIntent.Key key, Optional<DeclaredIntent> before, boolean wasUnknown) {
        List<DeclaredIntent> states =
                Stream.concat(before.stream(), intents.meaning(key).stream()).toList();
        Set<String> concerned =
                concernedBy(WorldChange.intent(key.namespace(), states, enrolment), Set.of(key.namespace()));
        if (wasUnknown) {
            return registered(AffectedNamespaces.any(Sets.union(concerned, concerned(carriers(key)))));
        }
        return before.isPresent()
                ? registered(AffectedNamespaces.any(concerned))
                : AffectedNamespaces.growth(concerned);
    }

    /** The namespaces with policies that may carry the intent. */
    private Set<String> carriers(DeclaredIntent.Key key) {
        return Maps.filterValues(
                        policies.copy(),
                        there -> there.values().stream()
                                .anyMatch(live -> live.isManaged() && Provenance.mayCarry(live.policy(), key)))
                .keySet();
    }

    synchronized AffectedNamespaces segment(String name, DecodedObject<DeclaredSegment, SegmentStatus> sighting) {
        Set<String> unknown = neverUnderstood();
        return segments.seen(name, sighting) ? segmentChanged(unknown) : AffectedNamespaces.NOBODY;
    }

    synchronized AffectedNamespaces segmentGone(String name) {
        Set<String> unknown = neverUnderstood();
        segments.gone(name);
        return segmentChanged(unknown);
    }

    /** Segments that may claim any namespace. */
    private Set<String> neverUnderstood() {
        return ImmutableSet.copyOf(Maps.filterValues(segments.rejections(), rejection -> !rejection.meaningKept())
                .keySet());
    }

    private AffectedNamespaces segmentChanged(Set<String> unknown) {
        if (!complete) {
            return AffectedNamespaces.NOBODY;
        }
        Moves moves = enrolAnew();
        if (!unknown.equals(neverUnderstood())) {
            return everybody();
        }
        WorldChange change = WorldChange.of(Dependency.ClusterWide.SEGMENTS).and(moves.change());
        return enrolmentTouch(moves, concernedBy(change, moves.namespaces()));
    }

    synchronized AffectedNamespaces guardrail(String name, DecodedObject<DeclaredGuardrail, GuardrailStatus> sighting) {
        return guardrails.seen(name, sighting) ? everybody() : AffectedNamespaces.NOBODY;
    }

    synchronized AffectedNamespaces wellKnown(DecodedObject<WellKnownPlaces, Void> sighting) {
        boolean changed = wellKnown.seen(WellKnownPeersReader.NAME, sighting);
        places().places()
                .values()
                .forEach(place -> place.<Optional<LabelSelector>>fold(
                                pods -> pods.workload().labels(), networks -> Optional.empty())
                        .ifPresent(namespaces::selectedBy));
        return changed ? everybody() : AffectedNamespaces.NOBODY;
    }

    LostDeclarations.InForce guardrailsInForce() {
        return new InForce(guardrails);
    }

    LostDeclarations.InForce wellKnownInForce() {
        return new InForce(wellKnown);
    }

    private final class InForce implements LostDeclarations.InForce {

        private final DeclarationStore<?, ?> store;

        private InForce(DeclarationStore<?, ?> store) {
            this.store = store;
        }

        @Override
        public AffectedNamespaces deleted(String name) {
            synchronized (InventoryState.this) {
                if (!store.isLost(name)) {
                    return AffectedNamespaces.NOBODY;
                }
                store.gone(name);
                return everybody();
            }
        }

        @Override
        public void lost(String name) {
            synchronized (InventoryState.this) {
                store.lost(name);
            }
        }

        @Override
        public boolean isLost(String name) {
            synchronized (InventoryState.this) {
                return store.isLost(name);
            }
        }
    }

    /** What holds for the whole cluster seldom changes, and hardly ever for one namespace alone. */
    private AffectedNamespaces everybody() {
        return complete
                ? registered(AffectedNamespaces.enrolment(
                        concerned(namespaces.known().keySet())))
                : AffectedNamespaces.NOBODY;
    }

    /** One that moved is always looked at: something may be on its way there that is not known yet. */
    private AffectedNamespaces enrolmentTouch(Moves moves, Set<String> concerned) {
        Set<String> touched = new TreeSet<>(concerned);
        moves.namespaces().stream().filter(namespaces::exists).forEach(touched::add);
        return registered(AffectedNamespaces.enrolment(touched));
    }

    /** @return whether the policy differs from what was known, and from what we wrote */
    synchronized boolean policy(LivePolicy seen) {
        boolean changed = policies.observed(seen);
        if (changed) {
            policyChanged(seen.policy().key().namespace());
        }
        return changed;
    }

    /** @return whether the policy was thought to be there */
    synchronized boolean policyGone(NetworkPolicy.Key key, String uid) {
        boolean changed = policies.observedGone(key, uid);
        if (changed) {
            policyChanged(key.namespace());
        }
        return changed;
    }

    /** See {@link PolicyStore#listed}. */
    synchronized List<LivePolicy> policiesListed(
            String resourceVersion, ListScope scope, BiPredicate<NetworkPolicy.Key, String> isListed) {
        return registered(policies.listed(resourceVersion, scope, isListed));
    }

    /** See {@link PolicyStore#listedIn}. */
    synchronized List<LivePolicy> policiesListed(
            String namespace, String resourceVersion, BiPredicate<NetworkPolicy.Key, String> isListed) {
        return registered(policies.listedIn(namespace, resourceVersion, isListed));
    }

    private List<LivePolicy> registered(List<LivePolicy> gone) {
        gone.forEach(live -> policyChanged(live.policy().key().namespace()));
        return gone;
    }

    /** What a list that is asked for now must not be older than. */
    synchronized KnownPolicies knownPolicies() {
        return policies.known();
    }

    synchronized void versionsWentBack() {
        policies.versionsWentBack();
        intents.versionsWentBack();
        segments.versionsWentBack();
        guardrails.versionsWentBack();
    }

    synchronized Optional<LivePolicy> livePolicy(NetworkPolicy.Key key) {
        return Optional.ofNullable(policies.get(key));
    }

    /** Whom a change of the policies of the namespace concerns. */
    synchronized AffectedNamespaces policyTouch(String namespace) {
        if (!complete) {
            return AffectedNamespaces.NOBODY;
        }
        policyChanged(namespace);
        return AffectedNamespaces.growth(concernedBy(policiesByOthers(namespace), Set.of(namespace)));
    }

    /** Nobody but the namespace itself may have to withdraw something: others only say something else in their statuses. */
    private void policyChanged(String namespace) {
        if (complete) {
            registered(AffectedNamespaces.any(concerned(Set.of(namespace))));
        }
    }

    private WorldChange policiesByOthers(String namespace) {
        return WorldChange.contents(namespace, Dependency.Kind.POLICIES_BY_OTHERS, enrolment);
    }

    /**
     * What the writer of policies finds out is no news to the namespace itself, and the watch will not tell it again.
     *
     * @param before somebody else's policy that was known
     */
    private AffectedNamespaces learned(NetworkPolicy.Key key, Optional<NetworkPolicy> before) {
        return complete && !before.equals(byOthers(key))
                ? AffectedNamespaces.growth(concernedBy(policiesByOthers(key.namespace()), Set.of()))
                : AffectedNamespaces.NOBODY;
    }

    private Optional<NetworkPolicy> byOthers(NetworkPolicy.Key key) {
        return livePolicy(key).filter(live -> !live.isManaged()).map(LivePolicy::policy);
    }

    synchronized void writing(NetworkPolicy.Key key, Optional<NetworkPolicy> wanted) {
        policies.writing(key, wanted);
    }

    synchronized void answered(NetworkPolicy.Key key) {
        policies.answered(key);
    }

    /** @return whom it concerns, if it is a policy of others that became ours or was not known */
    synchronized AffectedNamespaces written(LivePolicy policy) {
        NetworkPolicy.Key key = policy.policy().key();
        Optional<NetworkPolicy> before = byOthers(key);
        policies.written(policy);
        return learned(key, before);
    }

    /** What is to be told of a policy that was found to be gone. */
    record FoundGone(boolean drifted, AffectedNamespaces touch) {}

    /** It drifted if it was one of ours, and somebody else deleted it. */
    synchronized FoundGone foundGone(NetworkPolicy.Key key, String uid) {
        boolean ours = livePolicy(key).filter(LivePolicy::isManaged).isPresent();
        Optional<NetworkPolicy> before = byOthers(key);
        boolean news = policyGone(key, uid);
        return new FoundGone(news && ours, learned(key, before));
    }

    /** @return whom it concerns, if it was a policy of others */
    synchronized AffectedNamespaces deleted(NetworkPolicy.Key key, String uid) {
        Optional<NetworkPolicy> before = byOthers(key);
        policies.deleted(key, uid);
        return learned(key, before);
    }

    /** @param change of what the facts are put together from; here, so that of several changes at once none is lost */
    synchronized AffectedNamespaces facts(Supplier<ClusterFacts> change) {
        ClusterFacts seen = change.get();
        if (seen.equals(facts)) {
            return AffectedNamespaces.NOBODY;
        }
        facts = seen;
        return everybody();
    }

    /** Whatever became of the admission policies, the segments say so. */
    synchronized AffectedNamespaces identity(Supplier<ClusterFacts> change) {
        AffectedNamespaces touch = facts(change);
        return complete ? touch.withEnrolment() : touch;
    }

    private Moves enrolAnew() {
        Set<String> moved = new TreeSet<>();
        if (complete) {
            Enrolment before = enrolment;
            enrolment = enrol.enrol(namespaces.known().keySet(), declarations());
            for (String name : Sets.union(keys(before), keys(enrolment))) {
                boolean same = before.segment(name).equals(enrolment.segment(name))
                        && Objects.equals(
                                before.conflicts().get(name),
                                enrolment.conflicts().get(name));
                if (!same) {
                    moved.add(name);
                }
            }
            ImmutableSortedMap<String, NamespaceIntents> declared = intents.intents();
            return new Moves(
                    moved,
                    WorldChange.places(
                            moved, before, enrolment, name -> declared.getOrDefault(name, NamespaceIntents.none())));
        }
        return Moves.NONE;
    }

    private static Set<String> keys(Enrolment enrolment) {
        return Sets.union(enrolment.segments().keySet(), enrolment.conflicts().keySet());
    }

    /** @param others that are looked at in any case */
    private Set<String> concernedBy(WorldChange change, Set<String> others) {
        return concerned(Sets.union(dependents.concernedBy(change), others));
    }

    /** Those for which there can be anything to do. */
    private Set<String> concerned(Set<String> touched) {
        Set<String> concerned = new TreeSet<>();
        for (String name : touched) {
            if (namespaces.exists(name)
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
