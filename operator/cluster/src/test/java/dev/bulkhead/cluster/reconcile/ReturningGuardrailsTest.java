package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.cluster.SetClock;
import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.core.world.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReturningGuardrailsTest {

    private final SetClock clock = new SetClock();
    private final SetTicker ticker = new SetTicker();
    private final Instant until = clock.instant().plus(Duration.ofMinutes(4));
    private final ReturningGuardrails gate = new ReturningGuardrails(made -> Optional.of(until), clock, ticker);
    private final TestCluster cluster =
            new TestCluster().namespace("shop").live(TestCluster.isolating("shop", Direction.EGRESS));

    @Test
    void untilTheyMayHaveFollowedNothingOpens() {
        assertEquals(Optional.of(Duration.ofMinutes(4)), next());
        clock.advance(Duration.ofMinutes(4));
        assertEquals(Optional.empty(), next());
    }

    @Test
    void aWallClockThatIsSetBackHoldsNothingForLong() {
        clock.advance(Duration.ofHours(-8));
        assertEquals(Optional.of(Duration.ofMinutes(10)), next());
        ticker.advance(Duration.ofMinutes(10));
        assertEquals(Optional.empty(), next());
    }

    @Test
    void aNamespaceWithoutPoliciesHadNothingToLimit() {
        cluster.gone(TestCluster.isolating("shop", Direction.EGRESS).key());
        assertEquals(Optional.empty(), next());
    }

    private Optional<Duration> next() {
        return gate.check(cluster.proposal("shop")).flatMap(Hold::again);
    }
}
