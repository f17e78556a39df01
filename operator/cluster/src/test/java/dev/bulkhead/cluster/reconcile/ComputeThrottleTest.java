package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.cluster.SetTicker;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComputeThrottleTest {

    private final SetTicker ticker = new SetTicker();
    private final ComputeThrottle pace = new ComputeThrottle(ticker);

    @Test
    void aNamespaceRestsForAsLongAsItTookToCompute() {
        compute(Duration.ofMillis(300));
        assertEquals(Optional.of(Duration.ofMillis(300)), pace.rest("shop", 7));
        assertEquals(Optional.empty(), pace.rest("pay", 7));
        ticker.advance(Duration.ofMillis(200));
        assertEquals(Optional.of(Duration.ofMillis(100)), pace.rest("shop", 7));
        ticker.advance(Duration.ofMillis(100));
        assertEquals(Optional.empty(), pace.rest("shop", 7));
    }

    @Test
    void whatIsComputedAtOnceNeedsNoRest() {
        compute(Duration.ofMillis(300));
        compute(Duration.ofMillis(5));
        assertEquals(Optional.empty(), pace.rest("shop", 7));
    }

    @Test
    void aWithdrawalThatItHasNotSeenYetDoesNotWait() {
        compute(Duration.ofMillis(300));
        assertEquals(Optional.empty(), pace.rest("shop", 8));
    }

    @Test
    void noRestIsLongerThanTheLongest() {
        compute(Duration.ofMinutes(1));
        assertEquals(Optional.of(Duration.ofSeconds(2)), pace.rest("shop", 7));
    }

    @Test
    void aNamespaceThatIsMadeAnewNeedsNoRestForTheOneBefore() {
        compute(Duration.ofMillis(300));
        pace.forget("shop");
        assertEquals(Optional.empty(), pace.rest("shop", 7));
    }

    private void compute(Duration taking) {
        long begin = pace.begin();
        ticker.advance(taking);
        pace.computed("shop", begin, 7);
    }
}
