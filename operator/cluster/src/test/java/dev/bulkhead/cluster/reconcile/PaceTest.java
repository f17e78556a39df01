package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.cluster.SetClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final SetClock clock = new SetClock();
    private final Pace pace = new Pace(clock);

    @Test
    void aNamespaceRestsForAsLongAsItTookToCompute() {
        compute(Duration.ofMillis(300));
        assertEquals(Optional.of(Duration.ofMillis(300)), pace.rest("shop"));
        assertEquals(Optional.empty(), pace.rest("pay"));
        clock.advance(Duration.ofMillis(200));
        assertEquals(Optional.of(Duration.ofMillis(100)), pace.rest("shop"));
        clock.advance(Duration.ofMillis(101));
        assertEquals(Optional.empty(), pace.rest("shop"));
    }

    @Test
    void whatIsComputedAtOnceNeedsNoRest() {
        compute(Duration.ofMillis(300));
        compute(Duration.ofMillis(5));
        assertEquals(Optional.empty(), pace.rest("shop"));
    }

    @Test
    void noRestIsLongerThanTheLongestEvenWhenTheClockIsSetBack() {
        compute(Duration.ofMinutes(1));
        assertEquals(Optional.of(Duration.ofSeconds(2)), pace.rest("shop"));
        clock.advance(Duration.ofHours(-1));
        assertEquals(Optional.of(Duration.ofSeconds(2)), pace.rest("shop"));
    }

    private void compute(Duration taking) {
        Instant begin = pace.begin();
        clock.advance(taking);
        pace.computed("shop", begin);
    }
}
