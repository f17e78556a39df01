package dev.bulkhead.cluster.simulation;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Code of the product that runs until its next request to the API server, and then waits for its turn. Of all coroutines
 * and the scheduler only one runs at a time.
 */
final class Coroutine {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "simulated");
        thread.setDaemon(true);
        return thread;
    });

    private static final String START = "begins";
    private static final long LONGEST_TURN_SECONDS = 60;
    private static final ThreadLocal<Coroutine> CURRENT = new ThreadLocal<>();

    /** What a request does. */
    enum Sort {
        READ,
        WRITES_POLICY,
        WRITES_STATUS
    }

    /** What happens to a request. */
    enum Fate {
        /** It is carried out and answered. */
        GRANTED(0),
        CONFLICT(409),
        TOO_MANY_REQUESTS(429),
        INTERNAL_ERROR(500),
        UNAVAILABLE(503),
        /** Neither carried out nor answered. */
        DROPPED(0),
        /** Carried out, but the answer does not come. */
        ANSWER_LOST(0),
        /** Carried out, the answer is lost, and the client asks again by itself. */
        SENT_TWICE(0),
        /** The process ends before it is carried out, or before its answer is read. */
        CRASH(0);

        final int code;

        Fate(int code) {
            this.code = code;
        }
    }

    /** Ends the code of a process that has crashed. */
    static final class Crashed extends Error {

        private static final long serialVersionUID = 1L;

        Crashed() {
            super("crashed", null, false, false);
        }
    }

    private final Semaphore mayRun = new Semaphore(0);
    private final Semaphore hasPaused = new Semaphore(0);
    private final String title;
    private final Thread scheduler = Thread.currentThread();
    private String waitsFor = START;
    private boolean request;
    private Sort sort = Sort.READ;
    private Fate fate = Fate.GRANTED;
    private boolean ended;
    private Throwable failure;

    Coroutine(String title, Runnable code) {
        this.title = title;
        THREADS.execute(() -> {
            mayRun.acquireUninterruptibly();
            CURRENT.set(this);
            try {
                if (fate != Fate.CRASH) {
                    code.run();
                }
            } catch (Crashed e) {
                // As it was told to.
            } catch (Throwable e) {
                failure = e;
            } finally {
                CURRENT.remove();
                ended = true;
                hasPaused.release();
            }
        });
    }

    /** The one that runs on this thread; null on the scheduler's own. */
    static Coroutine current() {
        return CURRENT.get();
    }

    /** Called by the scheduler: runs the code up to where it waits next. */
    void resume(Fate fateOfRequest) {
        if (Thread.currentThread() != scheduler) {
            throw new IllegalStateException("only the scheduler gives turns");
        }
        fate = fateOfRequest;
        mayRun.release();
        try {
            if (!hasPaused.tryAcquire(LONGEST_TURN_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(title + " waits for something that nobody in the simulation can give");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (failure != null) {
            throw new IllegalStateException(title + " failed", failure);
        }
    }

    /**
     * Called by the code: gives the turn back.
     *
     * @param isRequest whether a request is about to be sent, rather than an answer to be read
     */
    Fate pause(String before, boolean isRequest, Sort sortOfRequest) {
        waitsFor = before;
        request = isRequest;
        sort = sortOfRequest;
        hasPaused.release();
        mayRun.acquireUninterruptibly();
        if (fate == Fate.CRASH) {
            throw new Crashed();
        }
        return fate;
    }

    boolean hasBegun() {
        return !waitsFor.equals(START);
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether it is about to send a request. */
    boolean isRequest() {
        return request;
    }

    Sort sort() {
        return sort;
    }

    @Override
    public String toString() {
        return title + ": " + waitsFor;
    }
}
