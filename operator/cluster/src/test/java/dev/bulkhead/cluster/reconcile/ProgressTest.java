package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.cluster.SetTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final SetTicker ticker = new SetTicker();
    private final Progress progress = new Progress(ticker);

    @Test
    void f68_whatMakesNoProgressForTooLongIsStuck() {
        progress.begin("shop");
        ticker.advance(LIMIT);
        assertFalse(progress.isStuck(LIMIT));
        ticker.advance(Duration.ofSeconds(1));
        assertTrue(progress.isStuck(LIMIT));
        progress.goesOn("shop");
        assertFalse(progress.isStuck(LIMIT));
    }

    @Test
    void whatHasEndedIsNotStuck() {
        progress.begin("shop");
        progress.end("shop");
        progress.goesOn("shop");
        ticker.advance(LIMIT.multipliedBy(2));
        assertFalse(progress.isStuck(LIMIT));
        assertFalse(progress.isBusy(""));
    }
}
