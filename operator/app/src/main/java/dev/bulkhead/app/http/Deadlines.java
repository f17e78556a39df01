package dev.bulkhead.app.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Interrupts threads that take too long: somebody who reads their answer byte by byte would keep one for ever. A thread that
 * is interrupted while it reads from a client or writes to one loses the connection, as interruptible channels do. The JDK's own limit
 * holds for all answers of a process alike, and streams of events outlast it.
 */
public final class Deadlines implements AutoCloseable {

    private final ScheduledThreadPoolExecutor timer;

    public Deadlines() {
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "bulkhead-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Something that talks to a client. */
    public interface Talk {
        void run() throws IOException;
    }

    /** The thread that does it; interrupted if it still does when its time is over. */
    private static final class Talking {

        private final Thread thread = Thread.currentThread();
        private boolean done;
        private boolean interrupted;

        private synchronized void interrupt() {
            if (!done) {
                interrupted = true;
                thread.interrupt();
            }
        }

        /** What was interrupted for another reason stays so. */
        private synchronized void finish() {
            done = true;
            if (interrupted) {
                Thread.interrupted();
            }
        }
    }

    /**
     * Runs it on this thread.
     *
     * @throws IOException what it throws, as it does once its time is over
     */
    public void within(Duration limit, Talk talk) throws IOException {
        Talking talking = new Talking();
        ScheduledFuture<?> due = timer.schedule(talking::interrupt, limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            talk.run();
        } finally {
            due.cancel(false);
            talking.finish();
        }
    }

    /**
     * Works something out on this thread, which is interrupted once its time is over.
     *
     * @return what it returns; it throws what is thrown by whatever minds the interruption
     */
    public <T> T within(Duration limit, Supplier<T> work) {
        Talking talking = new Talking();
        ScheduledFuture<?> due = timer.schedule(talking::interrupt, limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return work.get();
        } finally {
            due.cancel(false);
            talking.finish();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
