package dev.bulkhead.app.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That a thread is taken back from a client that is slow, as it was before. */
class DeadlinesTest {

    private final Deadlines deadlines = new Deadlines();

    @AfterEach
    void close() {
        deadlines.close();
    }

    @Test
    void whatTakesTooLongIsInterruptedAndTheThreadsNextTaskIsNot() throws IOException {
        assertThrows(IOException.class, () -> deadlines.within(Duration.ofMillis(50), DeadlinesTest::blocked));
        assertFalse(Thread.currentThread().isInterrupted());
        deadlines.within(
                Duration.ofHours(1), () -> assertFalse(Thread.currentThread().isInterrupted()));
    }

    private static void blocked() throws IOException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    /** As one that computes does, or one that ends in the very moment in which its time is over. */
    @Test
    void anInterruptThatNobodyHeededDoesNotOutlastItsTask() throws IOException {
        deadlines.within(Duration.ofMillis(1), () -> {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        });
        assertFalse(Thread.currentThread().isInterrupted());
        for (int i = 0; i < 200; i++) {
            deadlines.within(Duration.ofMillis(1), () -> Thread.onSpinWait());
            assertFalse(Thread.currentThread().isInterrupted());
        }
    }

    @Test
    void whatFailsInTimeFailsAsItDoesByItselfAndIsNotInterruptedLater() {
        IllegalStateException failure = assertThrows(
                IllegalStateException.class,
                () -> deadlines.within(Duration.ofHours(1), () -> {
                    throw new IllegalStateException("on purpose");
                }));
        assertTrue(failure.getMessage().contains("on purpose"));
    }
}
