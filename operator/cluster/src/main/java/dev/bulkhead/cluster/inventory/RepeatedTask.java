package dev.bulkhead.cluster.inventory;

import dev.bulkhead.cluster.log.LogKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a task again and again on a thread of its own; one that fails is run again, too. */
final class RepeatedTask implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedTask.class);

    private final Duration first;
    private final Supplier<Duration> task;
    private final Thread thread;

    /**
     * @param first how long to wait at the beginning, and after a failure
     * @param task returns how long to wait until it is run again
     */
    RepeatedTask(String name, Duration first, Supplier<Duration> task) {
        this.first = first;
        this.task = task;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        Duration rest = first;
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(rest.toMillis());
                rest = next();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration next() {
        try {
            return task.get();
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                LOG.atWarn()
                        .addKeyValue(LogKey.NOTE, thread.getName())
                        .setCause(e)
                        .log("Repeated work failed");
            }
            return first;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
