package dev.bulkhead.core.plan;

import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PortSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * Checks an order of writes with the engine that reads policies: after every one of them, what both the old and the new
 * state allow is allowed (no gap), and nothing is that neither allows (no hole). Over the ends that {@link Witnesses} finds.
 */
final class Proof {

    /** How an order fares. */
    enum Outcome {
        SAFE,
        GAP,
        HOLE;

        /** What to tell whoever reads the plan. */
        String caveat() {
            return this == GAP
                    ? "no order of single writes was found that is free of interruption: something that is allowed before"
                            + " and after may be denied between two writes"
                    : "no order of single writes was found that stays closed: something that is closed before and after"
                            + " may be open between two writes";
        }

        /** The same, where it concerns no pods that are there. */
        String caveatForPodsToCome() {
            return this == GAP
                    ? "no order of single writes was found that is free of interruption for pods of a new template: something"
                            + " that is allowed before and after may be denied between two writes to those that come meanwhile"
                    : "no order of single writes was found that stays closed for pods of a new template: something that is"
                            + " closed before and after may be open between two writes to those that come meanwhile";
        }

        Outcome or(Outcome other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    private final Map<String, Namespace> namespaces;
    private final List<Endpoint> witnesses;
    private final Evaluator start;
    private final WitnessReachability old;
    private final WitnessReachability desired;
    private final WitnessReachability target;

    private Proof(Transition transition, List<Endpoint> witnesses, BinaryOperator<WitnessReachability> target) {
        this.namespaces = transition.world().namespaces();
        this.witnesses = witnesses;
        this.start = Evaluator.of(namespaces, transition.before(), PluginSemantics.upstream());
        this.old = WitnessReachability.through(start, witnesses);
        this.desired = WitnessReachability.through(
                Evaluator.of(namespaces, transition.after(), PluginSemantics.upstream()), witnesses);
        this.target = target.apply(old, desired);
    }

    /** Of orders that bring about the new state. */
    static Proof of(Transition transition, List<Endpoint> witnesses) {
        return new Proof(transition, witnesses, (old, desired) -> desired);
    }

    /** Of orders that end where everything is allowed that both states allow, and nothing else. */
    static Proof ofWithdrawals(Transition transition, List<Endpoint> witnesses) {
        return new Proof(transition, witnesses, WitnessReachability::intersection);
    }

    /**
     * How much there is to look at, about, in peers of rules that are held against an end.
     *
     * @param states for the two states alone
     * @param orders for one order of the writes besides
     */
    record Size(long states, long orders) {

        /**
         * Told before anything is looked at.
         *
         * @param pods those of the witnesses that are pods
         */
        static Size of(Transition transition, List<Endpoint> pods, Witnesses witnesses) {
            long ends = pods.size() + witnesses.addressesAtMost();
            long[] weights = new long[pods.size()];
            long states = witnesses.costOfAddresses();
            for (NetworkPolicy policy : transition.policies()) {
                long peers = 1
                        + Stream.of(Direction.values())
                                .flatMap(direction -> policy.rules(direction).stream())
                                .mapToLong(rule -> rule.peers().map(List::size).orElse(1))
                                .sum();
                for (int pod : Witnesses.selected(pods, List.of(policy))) {
                    weights[pod] += peers;
                    states += peers * ends;
                }
            }
            long orders = 0;
            for (PolicyChange change : transition.changes()) {
                List<NetworkPolicy> touching = Stream.of(change.before(), change.after())
                        .flatMap(Optional::stream)
                        .toList();
                for (int pod : Witnesses.selected(pods, touching)) {
                    orders += (weights[pod] + 2) * ends;
                }
            }
            return new Size(states, orders);
        }

        long total() {
            return states + orders;
        }
    }

    Outcome judge(List<Write> writes) {
        Outcome outcome = Outcome.SAFE;
        Evaluator policies = start;
        WitnessReachability now = old;
        for (Write write : writes) {
            Optional<NetworkPolicy> replaced = policies.policy(write.key());
            Optional<NetworkPolicy> written = write.written();
            policies = written.isPresent() ? policies.with(written.get()) : policies.without(write.key());
            List<Integer> touched = Witnesses.selected(
                    witnesses,
                    Stream.of(replaced, written).flatMap(Optional::stream).toList());
            now = now.after(policies, touched);
            for (int self : touched) {
                for (int other = 0; other < witnesses.size(); other++) {
                    outcome = outcome.or(judge(now, self, other)).or(judge(now, other, self));
                }
            }
            if (outcome == Outcome.HOLE) {
                return outcome;
            }
        }
        return outcome.or(ends(now));
    }

    /** Whether the order arrives: a connection that has to go and is still there would be a hole for as long as it stays. */
    private Outcome ends(WitnessReachability now) {
        for (int source = 0; source < witnesses.size(); source++) {
            for (int destination = 0; destination < witnesses.size(); destination++) {
                if (!target.between(source, destination).containsAll(now.between(source, destination))) {
                    return Outcome.HOLE;
                }
            }
        }
        return Outcome.SAFE;
    }

    /**
     * What old and new state have in common.
     *
     * @param budget how many pairs of ends to look at
     */
    Overlap overlap(long budget) {
        return new Overlap(namespaces, witnesses, old, desired, budget);
    }

    private Outcome judge(WitnessReachability now, int source, int destination) {
        PortSet before = old.between(source, destination);
        PortSet after = target.between(source, destination);
        PortSet between = now.between(source, destination);
        if (between.equals(before) || between.equals(after)) {
            return Outcome.SAFE;
        }
        if (!before.union(after).containsAll(between)) {
            return Outcome.HOLE;
        }
        return between.containsAll(before.intersection(after)) ? Outcome.SAFE : Outcome.GAP;
    }
}
