package dev.bulkhead.cluster.reconcile;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.plan.NewConnections;
import java.time.Duration;
import java.util.Optional;

/**
 * What would open waits until the namespaces at the other end have withdrawn what could meet it, for as long as that takes.
 * Withdrawals do not wait, so that two namespaces never wait for each other.
 */
record WithdrawalsElsewhere(WithdrawalBarrier barrier) implements Gate {

    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** Waits that are over sooner are nobody's concern. */
    private static final Duration NOTEWORTHY = Duration.ofSeconds(2);

    @Override
    public Optional<Hold> check(ProposedWrites proposal) {
        NewConnections growth = proposal.growth();
        if (growth.isEmpty()) {
            barrier.passes(proposal.namespace());
            return Optional.empty();
        }
        ImmutableSortedSet<String> met = barrier.met(growth, proposal.outcome());
        if (met.isEmpty()) {
            return Optional.empty();
        }
        if (met.contains(proposal.namespace())) {
            return Optional.of(Hold.growth("it is planned anew, since something changed meanwhile")
                    .again(AT_ONCE)
                    .notShown());
        }
        Duration waited = barrier.waited(proposal.namespace());
        Hold hold = Hold.growth("it waits until the other end has withdrawn what it has to")
                .dependingOn(String.join(", ", met))
                .again(between(waited));
        return Optional.of(waited.compareTo(NOTEWORTHY) < 0 ? hold.notShown() : hold);
    }

    private static Duration between(Duration waited) {
        if (waited.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return waited.compareTo(LONGEST) < 0 ? waited : LONGEST;
    }
}
