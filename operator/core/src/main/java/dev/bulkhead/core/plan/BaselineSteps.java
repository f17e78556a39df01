package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What is written around the allowances while directions come to be enforced or are released: a bridge that opens, and the
 * baseline that closes.
 *
 * <p>The bridge is the baseline itself where it can be. It cannot where it must leave out some pods, and isolates them in a
 * direction that does not change, or where something else has its name so far: then an allowance that comes, or goes, stands
 * open in its place for a while.
 */
final class BaselineSteps {

    private final Map<String, PolicyChange> baselines;
    private final List<PolicyChange> changes;
    private final Bridge bridge;
    private final WriteSequence script;
    /** By namespace, the allowances that are a bridge for now. */
    private final Map<String, PolicyChange> carriers = new TreeMap<>();

    /** @param changes those of everything else than baselines */
    BaselineSteps(
            Map<String, PolicyChange> baselines, List<PolicyChange> changes, Bridge bridge, WriteSequence script) {
        this.baselines = baselines;
        this.changes = changes;
        this.bridge = bridge;
        this.script = script;
    }

    /** Opens the directions that come to be enforced, so far as there is a bridge. */
    void open() {
        baselines.forEach((namespace, baseline) -> {
            ImmutableSet<Direction> gained = baseline.gained();
            if (carrier(namespace, change -> comes(change) && isWithin(change, gained))
                    .isPresent()) {
                bridge.coming().apply(namespace).ifPresent(subject -> {
                    if (!baseline.selectsOtherPods()
                            && (subject.isEverything() || baseline.directions().equals(gained))) {
                        script.put(open(
                                baseline.after().orElseThrow(),
                                subject,
                                baseline.directions(),
                                gained,
                                baseline.before()));
                    } else {
                        carrier(namespace, change -> change.before().isEmpty() && isWithin(change, gained))
                                .ifPresent(change -> {
                                    carriers.put(namespace, change);
                                    script.put(open(
                                            change.after().orElseThrow(), subject, gained, gained, Optional.empty()));
                                });
                    }
                });
            }
        });
    }

    /** Whether an allowance is a bridge, so that its turn comes with the baseline's. */
    boolean isCarrier(PolicyChange change) {
        return Optional.ofNullable(carriers.get(change.key().namespace()))
                .filter(carrier -> carrier.key().equals(change.key()))
                .isPresent();
    }

    /**
     * Closes the directions that come to be enforced; those that are released stay as they are until the end. It comes
     * before deletions, since what goes may be all that isolates some pods.
     *
     * @param carriersLast what an allowance that was a bridge becomes
     */
    void tighten(Function<PolicyChange, Optional<NetworkPolicy>> carriersLast) {
        baselines.values().stream()
                .filter(baseline -> baseline.after().isPresent())
                .forEach(baseline -> script.put(closed(baseline)));
        carriers.values()
                .forEach(change ->
                        carriersLast.apply(change).ifPresentOrElse(script::put, () -> script.delete(change.key())));
        carriers.clear();
    }

    private static NetworkPolicy closed(PolicyChange baseline) {
        NetworkPolicy after = baseline.after().orElseThrow();
        Optional<NetworkPolicy> before = baseline.before();
        ImmutableSet<Direction> lost = baseline.lost();
        return after.withRules(
                after.subject(),
                Sets.union(after.directions(), lost).immutableCopy(),
                lost.contains(Direction.INGRESS) ? before.orElseThrow().ingress() : after.ingress(),
                lost.contains(Direction.EGRESS) ? before.orElseThrow().egress() : after.egress());
    }

    /** Opens the directions that are released, and takes them from the baseline where there is no bridge. */
    void release() {
        baselines.forEach((namespace, baseline) -> {
            ImmutableSet<Direction> lost = baseline.lost();
            if (lost.isEmpty()) {
                return;
            }
            Optional<LabelSelector> subject = bridge.going().apply(namespace);
            if (subject.isPresent()
                    && (subject.get().isEverything() || baseline.directions().equals(lost))) {
                NetworkPolicy old = baseline.before().orElseThrow();
                script.put(open(
                        baseline.after().orElse(old),
                        subject.get(),
                        baseline.directions(),
                        lost,
                        script.current(baseline.key())));
                return;
            }
            subject.ifPresent(pods -> carrier(
                            namespace, change -> change.after().isEmpty() && isWithin(change, lost))
                    .ifPresent(change -> {
                        carriers.put(namespace, change);
                        script.put(open(change.before().orElseThrow(), pods, lost, lost, Optional.empty()));
                    }));
            write(baseline);
        });
    }

    /** What is left to write of the baselines and the bridges. */
    void close() {
        carriers.values().forEach(this::write);
        baselines.values().forEach(this::write);
    }

    private void write(PolicyChange change) {
        change.after().ifPresentOrElse(script::put, () -> script.delete(change.key()));
    }

    private Optional<PolicyChange> carrier(String namespace, Predicate<PolicyChange> suitable) {
        return changes.stream()
                .filter(change -> change.key().namespace().equals(namespace))
                .filter(suitable)
                .findFirst();
    }

    /** Whether pods come to be isolated by it that were not, so that they need a bridge until all that is for them is there. */
    private static boolean comes(PolicyChange change) {
        return change.after().isPresent() && (change.before().isEmpty() || change.isReshaped());
    }

    private static boolean isWithin(PolicyChange change, ImmutableSet<Direction> directions) {
        return directions.containsAll(change.directions());
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
}
