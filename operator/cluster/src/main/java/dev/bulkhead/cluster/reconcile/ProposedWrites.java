package dev.bulkhead.cluster.reconcile;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.plan.NewConnections;
import dev.bulkhead.core.plan.Plan;
import dev.bulkhead.core.plan.Planner;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a pass would write into one namespace, and from what it concluded that. The plan is made when somebody asks for it. */
final class ProposedWrites {

    private final Planner planner;
    private final InventorySnapshot snapshot;
    private final Compilation compilation;
    private final ImmutableSet<NetworkPolicy.Key> offered;
    private final ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired;
    private final boolean withdrawalsAlone;
    private final Supplier<Plan> plan;

    /** @param offered policies by others that may be taken over */
    ProposedWrites(
            Planner planner,
            InventorySnapshot snapshot,
            Compilation compilation,
            ImmutableSet<NetworkPolicy.Key> offered) {
        this(planner, snapshot, compilation, offered, compilation.policies(), /* withdrawalsAlone= */ false);
    }

    private ProposedWrites(
            Planner planner,
            InventorySnapshot snapshot,
            Compilation compilation,
            ImmutableSet<NetworkPolicy.Key> offered,
            ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired,
            boolean withdrawalsAlone) {
        this.planner = planner;
        this.snapshot = snapshot;
        this.compilation = compilation;
        this.offered = offered;
        this.desired = desired;
        this.withdrawalsAlone = withdrawalsAlone;
        this.plan = Suppliers.memoize(this::planned);
    }

    private Plan planned() {
        return withdrawalsAlone
                ? planner.withdrawals(snapshot.world(), livePolicies(), desired, offered)
                : planner.plan(snapshot.world(), livePolicies(), desired, offered);
    }

    String namespace() {
        return compilation.namespace();
    }

    InventorySnapshot snapshot() {
        return snapshot;
    }

    Compilation compilation() {
        return compilation;
    }

    /** The namespace's policies as they are, by name, by whomever. */
    ImmutableSortedMap<String, LivePolicy> live() {
        return snapshot.policies(namespace());
    }

    /** What the namespace is to hold after this pass, or after those that follow it; if it is not for withdrawals alone. */
    ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired() {
        return desired;
    }

    /** Of these policies, what each one is now; absent if it is not there. Those that are not ours to write are left out. */
    ImmutableMap<NetworkPolicy.Key, Optional<NetworkPolicy>> asTheyAre(Set<NetworkPolicy.Key> policies) {
        return policies.stream()
                .filter(key -> Optional.ofNullable(live().get(key.name()))
                        .filter(there -> !there.mayBeWritten())
                        .isEmpty())
                .collect(ImmutableMap.toImmutableMap(
                        key -> key,
                        key -> Optional.ofNullable(live().get(key.name())).map(LivePolicy::forPlanning)));
    }

    Plan plan() {
        return plan.get();
    }

    ImmutableList<NetworkPolicy> livePolicies() {
        return live().values().stream().map(LivePolicy::forPlanning).collect(ImmutableList.toImmutableList());
    }

    /** The namespace's policies once the plan is carried out. */
    ImmutableList<NetworkPolicy> outcome() {
        SortedMap<NetworkPolicy.Key, NetworkPolicy> state = new TreeMap<>();
        livePolicies().forEach(policy -> state.put(policy.key(), policy));
        plan().writes()
                .forEach(write -> write.written()
                        .ifPresentOrElse(policy -> state.put(policy.key(), policy), () -> state.remove(write.key())));
        return ImmutableList.copyOf(state.values());
    }

    /** Whether pods may come to be isolated that nothing isolates so far. */
    boolean isolates() {
        Set<Direction> everywhere = livePolicies().stream()
                .filter(policy -> policy.subject().isEverything())
                .flatMap(policy -> policy.directions().stream())
                .collect(Collectors.toSet());
        return plan().writes().stream()
                .flatMap(write -> write.written().stream())
                .anyMatch(policy -> !everywhere.containsAll(policy.directions()));
    }

    /** With whom the namespace may come to connect by the plan. */
    NewConnections growth() {
        return plan().growth(namespace(), livePolicies());
    }

    /** The same without what is held. */
    ProposedWrites without(Hold hold) {
        return switch (hold.scope()) {
            case POLICIES -> keeping(hold.policies());
            case ALL_BUT_BASELINE -> takingNothingOver().keeping(hold.policies());
            case GROWTH -> with(desired, /* alone= */ true);
            case SHRINK, NAMESPACE -> this;
        };
    }

    private ProposedWrites keeping(ImmutableMap<NetworkPolicy.Key, Optional<NetworkPolicy>> policies) {
        SortedMap<NetworkPolicy.Key, NetworkPolicy> kept = new TreeMap<>(desired);
        policies.forEach(
                (key, policy) -> policy.ifPresentOrElse(present -> kept.put(key, present), () -> kept.remove(key)));
        return with(ImmutableSortedMap.copyOf(kept), withdrawalsAlone);
    }

    private ProposedWrites takingNothingOver() {
        return new ProposedWrites(planner, snapshot, compilation, ImmutableSet.of(), desired, withdrawalsAlone);
    }

    private ProposedWrites with(ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> policies, boolean alone) {
        return new ProposedWrites(planner, snapshot, compilation, offered, policies, alone);
    }
}
