package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Orders writes. */
public final class Planner {

    /**
     * @param world the label classes over which the order is proved
     * @param live every policy of the namespaces concerned, by whomever
     * @param desired every policy that Bulkhead should have in them
     */
    public Plan plan(
            World world, Collection<NetworkPolicy> live, ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired) {
        List<Write> writes = new ArrayList<>();
        ImmutableSortedSet.Builder<NetworkPolicy.Key> conflicts = ImmutableSortedSet.naturalOrder();
        ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> byKey = live.stream()
                .collect(ImmutableSortedMap.toImmutableSortedMap(
                        java.util.Comparator.naturalOrder(), NetworkPolicy::key, policy -> policy));
        desired.forEach((key, policy) -> {
            NetworkPolicy old = byKey.get(key);
            if (old == null) {
                writes.add(new Write.Create(policy));
            } else if (!Marker.isManaged(old.labels())) {
                conflicts.add(key);
            } else if (!policy.equals(old)) {
                writes.add(new Write.Update(policy));
            }
        });
        byKey.forEach((key, policy) -> {
            if (Marker.isManaged(policy.labels()) && !desired.containsKey(key)) {
                writes.add(new Write.Delete(key));
            }
        });
        return new Plan(ImmutableList.copyOf(writes), 0, conflicts.build(), ImmutableList.of());
    }
}
