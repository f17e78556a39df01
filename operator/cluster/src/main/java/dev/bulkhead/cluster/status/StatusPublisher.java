package dev.bulkhead.cluster.status;

import dev.bulkhead.cluster.log.Errors;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.log.LogQuota;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One thread that sends reports off, of which the latest for each subject wins and each namespace has its turn. While the
 * policies of a namespace are being written it holds back: they go first. What fails is tried again for ever, less and
 * less often.
 */
public final class StatusPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusPublisher.class);
    private static final int UNPROCESSABLE = 422;
    private static final long FIRST_RETRY_MILLIS = 1000;
    private static final long LAST_RETRY_MILLIS = 60_000;
    /** How soon what waits for policies is looked at again; for {@link #LONGEST_HOLD_MILLIS} at most. */
    private static final long CHECK_MILLIS = 10;

    private static final long LONGEST_HOLD_MILLIS = 250;

    private final FairQueue waiting;
    private final LogQuota quota;
    private final Thread worker = new Thread(this::work, "bulkhead-status");
    private boolean closed;

    /**
     * @param busy whether policies are being written in a namespace now; in any, if it is the empty name
     * @param quota of lines that namespaces cause
     */
    public StatusPublisher(Predicate<String> busy, LogQuota quota) {
        this.quota = quota;
        waiting = new FairQueue(busy, TimeUnit.MILLISECONDS.toNanos(LONGEST_HOLD_MILLIS));
        worker.setDaemon(true);
        worker.start();
    }

    /**
     * @param namespace whose turn it takes
     * @param subject what it is about; an earlier report about it that was not sent yet is dropped
     * @param report looks at what is there now and writes what is to be said
     */
    public synchronized void submit(String namespace, Object subject, Runnable report) {
        waiting.put(new FairQueue.Report(namespace, subject, report, 0, 0));
        notifyAll();
    }

    /** About something that belongs to no namespace. */
    public void submit(Object subject, Runnable report) {
        submit(FairQueue.CLUSTER, subject, report);
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
                Optional<FairQueue.Report> report = take();
                if (report.isEmpty()) {
                    return;
                }
                run(report.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<FairQueue.Report> take() throws InterruptedException {
        while (!closed) {
            Optional<FairQueue.Report> report = waiting.next(System.nanoTime());
            if (report.isPresent()) {
                return report;
            }
            wait(pauseMillis());
        }
        return Optional.empty();
    }

    /** Until a report may be due; without end, which is 0, if that takes one that is yet to come. */
    private synchronized long pauseMillis() {
        OptionalLong left = waiting.untilNext(System.nanoTime());
        if (left.isEmpty()) {
            return 0;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(left.getAsLong()) + 1;
        return waiting.isHolding() ? Math.min(millis, CHECK_MILLIS) : millis;
    }

    private void run(FairQueue.Report report) {
        try {
            report.sending().run();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return;
            }
            if (e.getCode() == UNPROCESSABLE) {
                line(report)
                        .addKeyValue(LogKey.NAME, report.subject())
                        .addKeyValue(LogKey.ERROR, Errors.brief(e))
                        .log("Status refused");
                return;
            }
            retry(report, e);
        } catch (RuntimeException e) {
            retry(report, e);
        }
    }

    private LoggingEventBuilder line(FairQueue.Report report) {
        return report.namespace().equals(FairQueue.CLUSTER)
                ? LOG.atWarn()
                : quota.line(LOG, Level.WARN, report.namespace());
    }

    private synchronized void retry(FairQueue.Report report, RuntimeException failure) {
        if (closed) {
            return;
        }
        int attempts = report.attempts() + 1;
        long delay = Math.min(LAST_RETRY_MILLIS, FIRST_RETRY_MILLIS << Math.min(attempts - 1, 10));
        LoggingEventBuilder line = line(report)
                .addKeyValue(LogKey.NAME, report.subject())
                .addKeyValue(LogKey.RETRY_SECONDS, delay / 1000.0);
        if (failure instanceof KubernetesClientException) {
            line = line.addKeyValue(LogKey.ERROR, Errors.brief(failure));
        } else {
            line = line.setCause(failure);
        }
        line.log("Status not written");
        long notBefore = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delay);
        waiting.putBack(
                new FairQueue.Report(report.namespace(), report.subject(), report.sending(), attempts, notBefore));
        notifyAll();
    }
}
