package dev.bulkhead.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the demo up until Ctrl-C, and then the JVM until everything is closed in order. */
final class Stay {

    private static final Logger LOG = LoggerFactory.getLogger(Stay.class);
    private static final long PATIENCE_SECONDS = 15;

    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    void untilInterrupted() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end-of-demo"));
        try {
            interrupted.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void allIsClosed() {
        closed.countDown();
    }

    private void end() {
        interrupted.countDown();
        try {
            // The JVM ends in any case, whatever cannot be closed.
            if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.info("The demo ends before everything is closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
