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
import java.util.function.Function;
import java.util.stream.Stream;

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
        /** Growth first, also within one object: one more write for each that both grows and shrinks. */
        THROUGH_THE_UNION,
        /** Never a hole; a gap where the same connection comes to be allowed by another policy. */
        LOSS_FIRST,
        /** Neither, at up to three more writes for each object: down to what old and new share, then up. */
        THROUGH_THE_INTERSECTION
    }

    private final Collection<NetworkPolicy> before;
    private final List<Change> changes;
    private final Map<String, Change> baselines;
    private final Overlap overlap;

    /**
     * @param changes those of baselines apart
     * @param baselines the change of each namespace's baseline, where there is one
     * @param overlap what the pods that exist are allowed both before and after
     */
    Orders(Collection<NetworkPolicy> before, List<Change> changes, Collection<Change> baselines, Overlap overlap) {
        this.before = before;
        this.changes = changes;
        this.baselines = baselines.stream()
                .collect(ImmutableSortedMap.toImmutableSortedMap(
                        Comparator.naturalOrder(), change -> change.key().namespace(), Function.identity()));
        this.overlap = overlap;
    }

    /**
     * Every order under one kind of bridge, made when it is asked for.
     *
     * @param bridged whom the bridge of a namespace is for; absent for none
     */
    Stream<Script.Order> under(Function<String, Optional<LabelSelector>> bridged) {
        return Stream.of(Style.values()).map(style -> order(style, bridged));
    }

    /** The one that is never a hole by its making, as far as policies by others let it be, and rarely a gap. */
    Script.Order safest(Function<String, Optional<LabelSelector>> bridged) {
        return order(Style.THROUGH_THE_INTERSECTION, bridged);
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
                others.stream()
                        .filter(change -> change.grows() && !change.shrinks())
                        .forEach(change -> write(script, change));
                others.stream().filter(Change::grows).forEach(change -> write(script, change));
                tighten(script);
                others.forEach(change -> write(script, change));
            }
            case THROUGH_THE_UNION -> {
                others.forEach(change -> grow(script, change));
                tighten(script);
                others.forEach(change -> write(script, change));
            }
            case LOSS_FIRST -> {
                tighten(script);
                others.stream().filter(change -> !change.grows()).forEach(change -> write(script, change));
                script.endOfWithdrawals();
                others.stream().filter(Change::shrinks).forEach(change -> write(script, change));
                others.forEach(change -> write(script, change));
            }
            case THROUGH_THE_INTERSECTION -> {
                others.forEach(change -> gather(script, change));
                tighten(script);
                others.forEach(change -> reduce(script, change));
                script.endOfWithdrawals();
                others.forEach(change -> grow(script, change));
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

    /** Takes in what comes here from other policies, so far as it is allowed already: nothing opens. */
    private void gather(Script script, Change change) {
        if (change.after().isEmpty() || change.isReshaped()) {
            return;
        }
        NetworkPolicy after = change.after().get();
        Allowances old = allowed(change.before());
        Allowances coming = Allowances.of(after).difference(old);
        Allowances moving = overlap.inOld(after, coming.union(coming.meet(neighbours(change, Change::before))));
        put(script, after, old.union(moving));
    }

    /** Gives up what the new state does not allow, and takes nothing on. */
    private void reduce(Script script, Change change) {
        Optional<NetworkPolicy> now = script.current(change.key());
        if (now.isEmpty()) {
            return;
        }
        Allowances current = Allowances.of(now.get());
        Allowances staying = current.union(current.meet(neighbours(change, Change::after)));
        Allowances kept = overlap.inNew(now.get(), staying);
        if (!change.isReshaped()) {
            kept = kept.union(current.intersection(allowed(change.after())));
        }
        if (kept.isEmpty() && change.after().isEmpty()) {
            script.delete(change.key());
        } else {
            put(script, now.get(), kept);
        }
    }

    /** Takes on what is new, and keeps what others have yet to take over. */
    private static void grow(Script script, Change change) {
        change.after().ifPresent(after -> {
            Optional<NetworkPolicy> now = script.current(change.key());
            Allowances wanted = Allowances.of(after);
            if (change.isReshaped() || wanted.containsAll(allowed(now))) {
                script.put(after);
            } else {
                put(script, after, wanted.union(allowed(now)));
            }
        });
    }

    private static void put(Script script, NetworkPolicy policy, Allowances allowances) {
        boolean same = allowed(script.current(policy.key())).equals(allowances);
        if (!same) {
            script.put(allowances.in(policy));
        }
    }

    /** What all the changing policies of a namespace allow before, or after. */
    private Allowances neighbours(Change change, Function<Change, Optional<NetworkPolicy>> moment) {
        return changes.stream()
                .filter(other -> other.key().namespace().equals(change.key().namespace()))
                .map(other -> allowed(moment.apply(other)))
                .reduce(Allowances.none(), Allowances::union);
    }

    private static Allowances allowed(Optional<NetworkPolicy> policy) {
        return policy.map(Allowances::of).orElse(Allowances.none());
    }

    /**
     * Closes the directions that come to be enforced; those that are released stay closed until the end. It comes before
     * deletions, since what goes may be all that isolates some pods.
     */
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
