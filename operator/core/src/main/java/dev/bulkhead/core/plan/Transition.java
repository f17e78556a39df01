package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import dev.bulkhead.core.compile.PolicyNames;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * From the policies there are to the policies there will be.
 *
 * @param changes what becomes of ours, by key
 * @param conflicts names that we would write and that an object without our marker holds, and keeps
 */
record Transition(
        World world,
        ImmutableList<NetworkPolicy> before,
        ImmutableList<NetworkPolicy> after,
        ImmutableList<PolicyChange> changes,
        ImmutableSortedSet<NetworkPolicy.Key> conflicts) {

    /** @param adoption of the policies by others among the live ones */
    static Transition of(
            World world,
            Collection<NetworkPolicy> live,
            ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired,
            Adoption adoption) {
        Map<NetworkPolicy.Key, NetworkPolicy> after = new TreeMap<>();
        live.forEach(policy -> after.put(policy.key(), policy));
        List<PolicyChange> changes = new ArrayList<>();
        ImmutableSortedSet.Builder<NetworkPolicy.Key> conflicts = ImmutableSortedSet.naturalOrder();
        TreeSet<NetworkPolicy.Key> keys = new TreeSet<>(after.keySet());
        keys.addAll(desired.keySet());
        for (NetworkPolicy.Key key : keys) {
            Optional<NetworkPolicy> old = Optional.ofNullable(after.get(key));
            Optional<NetworkPolicy> wanted = Optional.ofNullable(desired.get(key));
            boolean stays = old.filter(policy -> !Marker.isManaged(policy.labels()))
                    .filter(policy -> !adoption.replaced().contains(key))
                    .isPresent();
            if (stays) {
                wanted.filter(policy -> !adoption.adopted().containsKey(key)).ifPresent(policy -> conflicts.add(key));
            } else if (!old.equals(wanted)) {
                changes.add(new PolicyChange(key, old, wanted));
                wanted.ifPresentOrElse(policy -> after.put(key, policy), () -> after.remove(key));
            }
        }
        return new Transition(
                world,
                ImmutableList.copyOf(live),
                ImmutableList.copyOf(after.values()),
                ImmutableList.copyOf(changes),
                conflicts.build());
    }

    /** Those before and those after. */
    ImmutableSet<NetworkPolicy> policies() {
        return ImmutableSet.<NetworkPolicy>builder()
                .addAll(before)
                .addAll(after)
                .build();
    }

    /** The same in every way in which the policies that cannot be read may be meant; itself where there are none. */
    ImmutableList<Transition> readings() {
        return UnreadablePolicies.isIn(before)
                ? UnreadablePolicies.all().stream().map(this::as).collect(ImmutableList.toImmutableList())
                : ImmutableList.of(this);
    }

    private Transition as(UnreadablePolicies doubt) {
        return new Transition(world, doubt.read(before), doubt.read(after), changes, conflicts);
    }

    /** The changes of baselines, by namespace. */
    ImmutableMap<String, PolicyChange> baselines() {
        return Maps.uniqueIndex(
                changes.stream().filter(Transition::isBaseline).toList(),
                change -> change.key().namespace());
    }

    /** The changes of everything else. */
    ImmutableList<PolicyChange> others() {
        return changes.stream().filter(change -> !isBaseline(change)).collect(ImmutableList.toImmutableList());
    }

    boolean grows() {
        return changes.stream().anyMatch(PolicyChange::grows);
    }

    boolean shrinks() {
        return changes.stream().anyMatch(PolicyChange::shrinks);
    }

    /** Whether it only makes policies, and where no pods are, nor any workload that would have some. */
    boolean isForNobody() {
        return changes.stream()
                .allMatch(change -> change.before().isEmpty()
                        && world.namespace(change.key().namespace())
                                .filter(namespace -> !namespace.pods().isEmpty()
                                        || !namespace.workloads().isEmpty())
                                .isEmpty());
    }

    /** Whether some pods may be open afterwards because what isolated them is gone. */
    boolean mayRelease() {
        List<NetworkPolicy> unchanged = unchanged();
        return changes.stream().anyMatch(change -> change.after().isEmpty() && !staysIsolated(change, unchanged));
    }

    /** Whether the pods of all changes are isolated by something that does not change with them. */
    boolean staysIsolated() {
        List<NetworkPolicy> unchanged = unchanged();
        return changes.stream().allMatch(change -> staysIsolated(change, unchanged));
    }

    /** What does not change, by whomever. */
    private List<NetworkPolicy> unchanged() {
        Set<NetworkPolicy.Key> changing =
                changes.stream().map(PolicyChange::key).collect(ImmutableSet.toImmutableSet());
        return before.stream()
                .filter(policy -> !changing.contains(policy.key()))
                .toList();
    }

    private static boolean staysIsolated(PolicyChange change, Collection<NetworkPolicy> unchanged) {
        return !isBaseline(change)
                && unchanged.stream()
                        .anyMatch(policy ->
                                policy.key().namespace().equals(change.key().namespace())
                                        && policy.subject().isEverything()
                                        && policy.directions().containsAll(change.directions()));
    }

    private static boolean isBaseline(PolicyChange change) {
        return PolicyNames.isBaseline(change.key());
    }
}
