package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The orders in which changes could be written, the cheapest first. All share one frame: while a direction comes to be
 * enforced, the baseline stands open like a bridge until the allowances are in place; while one is released, it opens
 * before they go.
 */
final class WriteOrders {

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
    private final Collection<NetworkPolicy> after;
    private final List<PolicyChange> changes;
    private final Map<String, PolicyChange> baselines;
    private final PartialWrites partial;

    /** @param overlap what the pods that exist are allowed both before and after */
    WriteOrders(Transition transition, Overlap overlap) {
        this.before = transition.before();
        this.after = transition.after();
        this.changes = transition.others();
        this.baselines = transition.baselines();
        this.partial = new PartialWrites(changes, overlap);
    }

    /** Every order under one kind of bridge, made when it is asked for. */
    Stream<WriteSequence.Order> under(Bridge bridge) {
        return Stream.of(Style.values()).map(style -> order(style, bridge));
    }

    /** The one that is never a hole by its making, as far as policies by others let it be, and rarely a gap. */
    WriteSequence.Order safest(Bridge bridge) {
        return order(Style.THROUGH_THE_INTERSECTION, bridge);
    }

    /**
     * Takes away alone: ends where everything is allowed that the old and the new state both allow, and nothing else. What
     * comes to be isolated is so in the end, with the allowances that it is to have; what is released stays as it is.
     */
    WriteSequence.Order withdrawals(Bridge bridge) {
        WriteSequence script = new WriteSequence(before);
        BaselineSteps steps = new BaselineSteps(baselines, changes, bridge, script);
        steps.open();
        Map<Boolean, List<PolicyChange>> released = split(changes, change -> isWithin(change, PolicyChange::lost));
        List<PolicyChange> others = released.get(false);
        others.stream().filter(change -> !steps.isCarrier(change)).forEach(change -> {
            if (change.before().isPresent()) {
                partial.gather(script, change);
            } else {
                allowedAlready(change).ifPresent(script::put);
            }
        });
        steps.tighten(this::allowedAlready);
        others.stream().filter(change -> change.before().isPresent()).forEach(change -> partial.reduce(script, change));
        released.get(true)
                .forEach(change ->
                        forReleased(change).ifPresentOrElse(script::put, () -> partial.reduce(script, change)));
        script.endOfWithdrawals();
        return script.order();
    }

    /** What of a policy that goes with its direction stays until that is released: all of it for pods that will be open. */
    private Optional<NetworkPolicy> forReleased(PolicyChange going) {
        return going.before()
                .flatMap(policy ->
                        narrowed(policy, after).filter(part -> going.after().isEmpty()));
    }

    /** A policy for those of its pods alone that others do not isolate; absent if none are left. */
    private static Optional<NetworkPolicy> narrowed(NetworkPolicy policy, Collection<NetworkPolicy> others) {
        return Bridges.unisolated(others, policy.key().namespace(), policy.directions())
                .map(policy.subject()::and)
                .filter(subject -> !subject.isImpossible())
                .map(subject -> policy.withRules(subject, policy.directions(), policy.ingress(), policy.egress()));
    }

    /**
     * What of a policy that comes can be there before anything grows: all of it for pods that nothing isolates; if there
     * are none, what its pods are allowed already.
     */
    private Optional<NetworkPolicy> allowedAlready(PolicyChange coming) {
        NetworkPolicy whole = coming.after().orElseThrow();
        Allowances already = partial.allowedAlready(coming).orElseThrow();
        if (already.containsAll(Allowances.of(whole))) {
            return Optional.of(whole);
        }
        return narrowed(whole, before)
                .or(() -> Optional.of(already).filter(some -> !some.isEmpty()).map(some -> some.in(whole)));
    }

    private WriteSequence.Order order(Style style, Bridge bridge) {
        WriteSequence script = new WriteSequence(before);
        BaselineSteps steps = new BaselineSteps(baselines, changes, bridge, script);
        steps.open();
        Map<Boolean, List<PolicyChange>> underBridge = split(
                changes,
                change -> bridge.coming().apply(change.key().namespace()).isPresent()
                        && isWithin(change, PolicyChange::gained));
        underBridge.get(true).stream()
                .filter(change -> !steps.isCarrier(change))
                .forEach(change -> PartialWrites.write(script, change));
        Map<Boolean, List<PolicyChange>> released =
                split(underBridge.get(false), change -> isWithin(change, PolicyChange::lost));
        List<PolicyChange> others = released.get(false);
        switch (style) {
            case GROWTH_FIRST -> {
                others.stream()
                        .filter(change -> change.grows() && !change.shrinks())
                        .forEach(change -> PartialWrites.write(script, change));
                others.stream().filter(PolicyChange::grows).forEach(change -> PartialWrites.write(script, change));
                steps.tighten(PolicyChange::after);
                others.forEach(change -> PartialWrites.write(script, change));
            }
            case THROUGH_THE_UNION -> {
                others.forEach(change -> PartialWrites.grow(script, change));
                steps.tighten(PolicyChange::after);
                others.forEach(change -> PartialWrites.write(script, change));
            }
            case LOSS_FIRST -> {
                steps.tighten(PolicyChange::after);
                others.stream()
                        .filter(change -> !change.grows())
                        .forEach(change -> PartialWrites.write(script, change));
                script.endOfWithdrawals();
                others.stream().filter(PolicyChange::shrinks).forEach(change -> PartialWrites.write(script, change));
                others.forEach(change -> PartialWrites.write(script, change));
            }
            case THROUGH_THE_INTERSECTION -> {
                others.forEach(change -> partial.gather(script, change));
                steps.tighten(PolicyChange::after);
                others.forEach(change -> partial.reduce(script, change));
                script.endOfWithdrawals();
                others.forEach(change -> PartialWrites.grow(script, change));
                others.forEach(change -> PartialWrites.write(script, change));
            }
        }
        steps.release();
        released.get(true).stream()
                .filter(change -> !steps.isCarrier(change))
                .forEach(change -> PartialWrites.write(script, change));
        steps.close();
        return script.order();
    }

    private static Map<Boolean, List<PolicyChange>> split(
            List<PolicyChange> changes, Predicate<PolicyChange> condition) {
        return changes.stream().collect(Collectors.partitioningBy(condition));
    }

    private boolean isWithin(PolicyChange change, Function<PolicyChange, ImmutableSet<Direction>> directions) {
        PolicyChange baseline = baselines.get(change.key().namespace());
        return baseline != null && directions.apply(baseline).containsAll(change.directions());
    }
}
