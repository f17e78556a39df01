package dev.bulkhead.cluster.reconcile;

import com.google.common.base.Ticker;
import dev.bulkhead.cluster.inventory.LivePolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/** Guardrails that an earlier definition had may be on their way still; they may forbid what would open. */
final class ReturningGuardrails implements Gate {

    /** However wrong the wall clock is, nothing is held for longer. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Function<Instant, Optional<Instant>> followUntil;
    private final Clock clock;
    private final Ticker ticker;
    private final long begin;

    /**
     * @param followUntil until when guardrails may follow that were there when something was made
     * @param clock the API server's, about
     */
    ReturningGuardrails(Function<Instant, Optional<Instant>> followUntil, Clock clock, Ticker ticker) {
        this.followUntil = followUntil;
        this.clock = clock;
        this.ticker = ticker;
        this.begin = ticker.read();
    }

    @Override
    public Optional<Hold> check(ProposedWrites proposal) {
        Duration left = LONGEST.minusNanos(ticker.read() - begin);
        if (left.isNegative() || left.isZero()) {
            return Optional.empty();
        }
        return proposal.live().values().stream()
                .filter(LivePolicy::isManaged)
                .map(LivePolicy::created)
                .min(Comparator.naturalOrder())
                .flatMap(followUntil)
                .map(end -> Duration.between(clock.instant(), end))
                .filter(rest -> !rest.isNegative() && !rest.isZero())
                .map(rest -> Hold.growth("the definition of guardrails has come back just now, and those that it had"
                                + " may take a while to follow")
                        .again(rest.compareTo(left) < 0 ? rest : left));
    }
}
