package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import java.util.Optional;

/** What becomes of one policy of ours. At least one of the two is there. */
record PolicyChange(NetworkPolicy.Key key, Optional<NetworkPolicy> before, Optional<NetworkPolicy> after) {

    /** Whether it allows something it did not; the pods it selects staying the same. */
    boolean grows() {
        return after.isPresent()
                && (before.isEmpty() || isReshaped() || !allowed(before).containsAll(allowed(after)));
    }

    /** Whether it no longer allows something it did. */
    boolean shrinks() {
        return before.isPresent()
                && (after.isEmpty() || isReshaped() || !allowed(after).containsAll(allowed(before)));
    }

    /** Whether it comes to select other pods, or to govern another direction: there is nothing in between. */
    boolean isReshaped() {
        return before.isPresent()
                && after.isPresent()
                && (selectsOtherPods()
                        || !before.get().directions().equals(after.get().directions()));
    }

    /** Those it governs before or after. */
    ImmutableSet<Direction> directions() {
        ImmutableSet.Builder<Direction> directions = ImmutableSet.builder();
        before.ifPresent(policy -> directions.addAll(policy.directions()));
        after.ifPresent(policy -> directions.addAll(policy.directions()));
        return directions.build();
    }

    /** Those it comes to govern, for some pods at least. */
    ImmutableSet<Direction> gained() {
        return selectsOtherPods()
                ? directions(after)
                : Sets.difference(directions(after), directions(before)).immutableCopy();
    }

    /** Those it governs no more; none where it comes to select other pods, since that is not undone step by step. */
    ImmutableSet<Direction> lost() {
        return selectsOtherPods()
                ? ImmutableSet.of()
                : Sets.difference(directions(before), directions(after)).immutableCopy();
    }

    /** Whether it is there before and after, but not for the same pods. */
    boolean selectsOtherPods() {
        return before.isPresent()
                && after.isPresent()
                && !before.get().subject().equals(after.get().subject());
    }

    private static ImmutableSet<Direction> directions(Optional<NetworkPolicy> policy) {
        return policy.map(NetworkPolicy::directions).orElse(ImmutableSet.of());
    }

    Write write() {
        return after.<Write>map(policy -> before.isEmpty() ? new Write.Create(policy) : new Write.Update(policy))
                .orElseGet(() -> new Write.Delete(key));
    }

    static Allowances allowed(Optional<NetworkPolicy> policy) {
        return Allowances.of(policy.orElseThrow());
    }
}
