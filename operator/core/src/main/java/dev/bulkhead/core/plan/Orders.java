package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Sets;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * The orders in which changes could be written, the cheapest first. All share one frame: while a direction comes to be
 * enforced, the baseline stands open like a bridge until the allowances are in place; while one is released, it opens
 * before they go.
 */
final class Orders {

    /** What goes first where something grows and something shrinks. */
    private enum Style {
        /** Never a gap; a hole where a new half meets an old one that is about to go. */
        GROWTH_FIRST,
        /** Never a hole; a gap where the same connection comes to be allowed by another policy. */
        LOSS_FIRST,
        /** Neither, at up to two more writes for each object: down to what old and new share, then up. */
        THROUGH_THE_INTERSECTION
    }

    private final Collection<NetworkPolicy> before;
    private final List<Change> changes;
    private final Map<String, Change> baselines;
    private final BiPredicate<NetworkPolicy, Allowances> alreadyAllowed;

    /**
     * @param changes those of baselines apart
     * @param baselines the change of each namespace's baseline, where there is one
     * @param alreadyAllowed whether the pods that exist have these allowances before the first write
     */
    Orders(
            Collection<NetworkPolicy> before,
            List<Change> changes,
            Collection<Change> baselines,
            BiPredicate<NetworkPolicy, Allowances> alreadyAllowed) {
        this.before = before;
        this.changes = changes;
        this.baselines = baselines.stream()
                .collect(ImmutableSortedMap.toImmutableSortedMap(
                        Comparator.naturalOrder(), change -> change.key().namespace(), Function.identity()));
        this.alreadyAllowed = alreadyAllowed;
    }

    /**
     * Every order under one kind of bridge.
     *
     * @param bridged whom the bridge of a namespace is for; absent for none
     */
    List<Script.Order> under(Function<String, Optional<LabelSelector>> bridged) {
        return List.of(
                order(Style.GROWTH_FIRST, bridged),
                order(Style.LOSS_FIRST, bridged),
                order(Style.THROUGH_THE_INTERSECTION, bridged));
    }

    private Script.Order order(Style style, Function<String, Optional<LabelSelector>> bridged) {
        Script script = new Script(before);
        baselines
                .values()
                .forEach(baseline -> bridged.apply(baseline.key().namespace())
                        .filter(subject -> !gained(baseline).isEmpty())
                        .ifPresent(subject -> script.put(bridge(baseline, subject))));
        List<Change> underBridge = changes.stream()
                .filter(change ->
                        bridged.apply(change.key().namespace()).isPresent() && isWithin(change, Orders::gained))
                .toList();
        underBridge.forEach(change -> write(script, change));
        List<Change> released = changes.stream()
                .filter(change -> isWithin(change, Orders::lost))
                .toList();
        List<Change> others = changes.stream()
                .filter(change -> !underBridge.contains(change) && !released.contains(change))
                .toList();
        switch (style) {
            case GROWTH_FIRST -> {
                others.stream().filter(Change::grows).forEach(change -> write(script, change));
                others.stream().filter(change -> !change.grows()).forEach(change -> write(script, change));
                tighten(script);
            }
            case LOSS_FIRST -> {
                others.stream().filter(change -> !change.grows()).forEach(change -> write(script, change));
                tighten(script);
                script.endOfWithdrawals();
                others.stream().filter(Change::shrinks).forEach(change -> write(script, change));
                others.forEach(change -> write(script, change));
            }
            case THROUGH_THE_INTERSECTION -> {
                others.forEach(change -> gather(script, change));
                others.forEach(change -> reduce(script, change));
                tighten(script);
                script.endOfWithdrawals();
                others.forEach(change -> write(script, change));
            }
        }
        baselines.values().stream()
                .filter(baseline -> !lost(baseline).isEmpty())
                .forEach(baseline -> script.put(opened(script, baseline)));
        released.forEach(change -> write(script, change));
        baselines.values().forEach(baseline -> write(script, baseline));
        return script.order();
    }

    private static void write(Script script, Change change) {
        change.after().ifPresentOrElse(script::put, () -> script.delete(change.key()));
    }

    /** Takes in what moves here from other policies: allowed already, so nothing opens. */
    private void gather(Script script, Change change) {
        if (change.after().isEmpty() || change.isReshaped()) {
            return;
        }
        NetworkPolicy after = change.after().get();
        Allowances old = change.before().map(Allowances::of).orElse(Allowances.none());
        Allowances moving = Allowances.of(after).difference(old).filter(single -> alreadyAllowed.test(after, single));
        if (!moving.isEmpty()) {
            script.put(old.union(moving).in(after));
        }
    }

    /** Gives up what is to go, and takes nothing on. */
    private static void reduce(Script script, Change change) {
        if (change.after().isEmpty()) {
            script.delete(change.key());
        } else if (!change.isReshaped()) {
            NetworkPolicy after = change.after().get();
            script.current(change.key())
                    .ifPresent(now -> script.put(Allowances.of(now)
                            .intersection(Allowances.of(after))
                            .in(after)));
        }
    }

    /** Closes the directions that come to be enforced; those that are released stay closed until the end. */
    private void tighten(Script script) {
        baselines.values().stream()
                .filter(baseline -> baseline.after().isPresent())
                .forEach(baseline -> {
                    NetworkPolicy after = baseline.after().get();
                    script.put(
                            after.withRules(after.subject(), baseline.directions(), after.ingress(), after.egress()));
                });
    }

    private static NetworkPolicy bridge(Change baseline, LabelSelector subject) {
        NetworkPolicy after = baseline.after().orElseThrow();
        return open(after, subject, baseline.directions(), gained(baseline), baseline.before());
    }

    private static NetworkPolicy opened(Script script, Change baseline) {
        NetworkPolicy old = baseline.before().orElseThrow();
        return open(
                baseline.after().orElse(old),
                old.subject(),
                baseline.directions(),
                lost(baseline),
                script.current(baseline.key()));
    }

    private static NetworkPolicy open(
            NetworkPolicy object,
            LabelSelector subject,
            ImmutableSet<Direction> directions,
            ImmutableSet<Direction> opened,
            Optional<NetworkPolicy> unopened) {
        return object.withRules(
                subject,
                directions,
                rules(Direction.INGRESS, opened, unopened),
                rules(Direction.EGRESS, opened, unopened));
    }

    private static ImmutableList<PolicyRule> rules(
            Direction direction, ImmutableSet<Direction> opened, Optional<NetworkPolicy> unopened) {
        return opened.contains(direction)
                ? ImmutableList.of(PolicyRule.everything())
                : unopened.map(policy -> policy.rules(direction)).orElse(ImmutableList.of());
    }

    private boolean isWithin(Change change, Function<Change, ImmutableSet<Direction>> directions) {
        Change baseline = baselines.get(change.key().namespace());
        return baseline != null && directions.apply(baseline).containsAll(change.directions());
    }

    private static ImmutableSet<Direction> gained(Change change) {
        return Sets.difference(directions(change.after()), directions(change.before()))
                .immutableCopy();
    }

    private static ImmutableSet<Direction> lost(Change change) {
        return Sets.difference(directions(change.before()), directions(change.after()))
                .immutableCopy();
    }

    private static ImmutableSet<Direction> directions(Optional<NetworkPolicy> policy) {
        return policy.map(NetworkPolicy::directions).orElse(ImmutableSet.of());
    }
}
