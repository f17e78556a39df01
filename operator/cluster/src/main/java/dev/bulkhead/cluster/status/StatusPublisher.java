package dev.bulkhead.cluster.status;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue of reports, of which the latest for each subject wins, and one thread that sends them off. While policies are
 * being written it holds back: they go first. What fails is tried again for ever, less and less often.
 */
public final class StatusPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusPublisher.class);
    private static final int UNPROCESSABLE = 422;
    private static final long FIRST_RETRY_MILLIS = 1000;
    private static final long LAST_RETRY_MILLIS = 60_000;
    private static final long BUSY_CHECK_MILLIS = 5;
    private static final long LONGEST_HOLD_MILLIS = 250;

    private record Entry(Runnable report, int attempts, long notBefore) {}

    private record Task(Object subject, Entry entry) {}

    private final BooleanSupplier busy;
    private final Map<Object, Entry> waiting = new LinkedHashMap<>();
    private final Thread worker = new Thread(this::work, "bulkhead-status");
    private boolean closed;

    /** @param busy whether policies are being written now */
    public StatusPublisher(BooleanSupplier busy) {
        this.busy = busy;
        worker.setDaemon(true);
        worker.start();
    }

    /**
     * @param subject what it is about; an earlier report about it that was not sent yet is dropped
     * @param report looks at what is there now and writes what is to be said
     */
    public synchronized void submit(Object subject, Runnable report) {
        waiting.put(subject, new Entry(report, 0, 0));
        notifyAll();
    }

    public boolean isAlive() {
        return worker.isAlive();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        worker.interrupt();
    }

    private void work() {
        try {
            while (true) {
                Optional<Task> task = take();
                if (task.isEmpty()) {
                    return;
                }
                letPoliciesGoFirst();
                run(task.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<Task> take() throws InterruptedException {
        while (!closed) {
            long now = System.nanoTime();
            long earliest = Long.MAX_VALUE;
            for (Iterator<Map.Entry<Object, Entry>> entries = waiting.entrySet().iterator(); entries.hasNext(); ) {
                Map.Entry<Object, Entry> entry = entries.next();
                long wait = entry.getValue().notBefore() - now;
                if (entry.getValue().attempts() == 0 || wait <= 0) {
                    entries.remove();
                    return Optional.of(new Task(entry.getKey(), entry.getValue()));
                }
                earliest = Math.min(earliest, wait);
            }
            if (earliest == Long.MAX_VALUE) {
                wait();
            } else {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(earliest, 1_000_000));
            }
        }
        return Optional.empty();
    }

    private void letPoliciesGoFirst() throws InterruptedException {
        for (long held = 0; busy.getAsBoolean() && held < LONGEST_HOLD_MILLIS; held += BUSY_CHECK_MILLIS) {
            TimeUnit.MILLISECONDS.sleep(BUSY_CHECK_MILLIS);
        }
    }

    private void run(Task task) {
        try {
            task.entry().report().run();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return;
            }
            if (e.getCode() == UNPROCESSABLE) {
                LOG.warn("The API server takes no status of {}: {}", task.subject(), e.getMessage());
                return;
            }
            retry(task, e);
        } catch (RuntimeException e) {
            retry(task, e);
        }
    }

    private synchronized void retry(Task task, RuntimeException failure) {
        if (closed) {
            return;
        }
        int attempts = task.entry().attempts() + 1;
        long delay = Math.min(LAST_RETRY_MILLIS, FIRST_RETRY_MILLIS << Math.min(attempts - 1, 10));
        LOG.warn("The status of {} was not written, next try in {} ms", task.subject(), delay, failure);
        long notBefore = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delay);
        waiting.putIfAbsent(task.subject(), new Entry(task.entry().report(), attempts, notBefore));
        notifyAll();
    }
}
