package dev.bulkhead.core.plan;

import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.Reading;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PortSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * Checks an order of writes with the engine that reads policies: after every one of them, what both the old and the new
 * state allow is allowed (no gap), and nothing is that neither allows (no hole). Over the classes of pods that exist.
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

        private Outcome or(Outcome other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    private final Map<String, Namespace> namespaces;
    private final List<Endpoint> witnesses;
    private final Evaluator start;
    private final Reachable old;
    private final Reachable desired;
    private final Reachable target;

    private Proof(Transition transition, BinaryOperator<Reachable> target) {
        this.namespaces = transition.world().namespaces();
        this.witnesses = Witnesses.of(
                transition.world(),
                Stream.concat(transition.before().stream(), transition.after().stream())
                        .distinct()
                        .toList());
        this.start = Evaluator.of(namespaces, transition.before(), Reading.upstream());
        this.old = Reachable.through(start, witnesses);
        this.desired = Reachable.through(Evaluator.of(namespaces, transition.after(), Reading.upstream()), witnesses);
        this.target = target.apply(old, desired);
    }

    /** Of orders that bring about the new state. */
    static Proof of(Transition transition) {
        return new Proof(transition, (old, desired) -> desired);
    }

    /** Of orders that end where everything is allowed that both states allow, and nothing else. */
    static Proof ofWithdrawals(Transition transition) {
        return new Proof(transition, Reachable::intersection);
    }

    /** How many connections are looked at to judge so many writes, about. */
    long size(int writes) {
        return (long) witnesses.size() * witnesses.size() * writes;
    }

    Outcome judge(List<Write> writes) {
        Outcome outcome = Outcome.SAFE;
        Evaluator policies = start;
        Reachable now = old;
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
    private Outcome ends(Reachable now) {
        for (int source = 0; source < witnesses.size(); source++) {
            for (int destination = 0; destination < witnesses.size(); destination++) {
                if (!target.between(source, destination).containsAll(now.between(source, destination))) {
                    return Outcome.HOLE;
                }
            }
        }
        return Outcome.SAFE;
    }

    /** What old and new state have in common. */
    Overlap overlap() {
        return new Overlap(namespaces, witnesses, old, desired);
    }

    private Outcome judge(Reachable now, int source, int destination) {
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
