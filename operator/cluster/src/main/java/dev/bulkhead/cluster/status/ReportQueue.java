package dev.bulkhead.cluster.status;

import com.google.common.base.Ticker;
import dev.bulkhead.cluster.log.Errors;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.log.LogQuota;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Reports that are to be sent, of which the latest for each subject wins and each namespace has its turn. While the
 * policies of a namespace are being written it holds back: they go first. What fails is tried again for ever, less and
 * less often. It has no thread of its own: {@link StatusPublisher} calls it in the operator, a scheduler in the simulator.
 */
public final class ReportQueue {

    private static final Logger LOG = LoggerFactory.getLogger(ReportQueue.class);
    private static final int UNPROCESSABLE = 422;
    private static final long FIRST_RETRY_MILLIS = 1000;
    private static final long LAST_RETRY_MILLIS = 60_000;
    /** How soon what waits for policies is looked at again; for {@link #LONGEST_HOLD_MILLIS} at most. */
    private static final long CHECK_MILLIS = 10;

    private static final long LONGEST_HOLD_MILLIS = 250;

    private final FairQueue waiting;
    private final Ticker ticker;
    private final LogQuota quota;
    private boolean closed;

    /**
     * @param busy whether policies are being written in a namespace now; in any, if it is the empty name
     * @param ticker for all waiting
     * @param quota of lines that namespaces cause
     */
    public ReportQueue(Predicate<String> busy, Ticker ticker, LogQuota quota) {
        this.waiting = new FairQueue(busy, TimeUnit.MILLISECONDS.toNanos(LONGEST_HOLD_MILLIS));
        this.ticker = ticker;
        this.quota = quota;
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

    /** Nothing is sent from now on. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /**
     * Waits for the next one that is due, and sends it.
     *
     * @return false once it is closed
     */
    boolean awaitAndSend() throws InterruptedException {
        Optional<FairQueue.Report> report = take();
        report.ifPresent(this::send);
        return report.isPresent();
    }

    private synchronized Optional<FairQueue.Report> take() throws InterruptedException {
        while (!closed) {
            Optional<FairQueue.Report> report = waiting.next(ticker.read());
            if (report.isPresent()) {
                return report;
            }
            // Without end, which is 0, if that takes one that is yet to come.
            wait(untilNext().map(Duration::toMillis).orElse(0L));
        }
        return Optional.empty();
    }

    /** Sends the next one that is due, if any. */
    public void sendNext() {
        Optional<FairQueue.Report> report;
        synchronized (this) {
            report = waiting.next(ticker.read());
        }
        report.ifPresent(this::send);
    }

    /** Whether one may be due. */
    public synchronized boolean isDue() {
        OptionalLong left = waiting.untilNext(ticker.read());
        return left.isPresent() && left.getAsLong() == 0;
    }

    /** After which it is to be looked at again, in full milliseconds; empty if that takes a report that is yet to come. */
    public synchronized Optional<Duration> untilNext() {
        OptionalLong left = waiting.untilNext(ticker.read());
        if (left.isEmpty()) {
            return Optional.empty();
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(left.getAsLong()) + 1;
        return Optional.of(Duration.ofMillis(waiting.isHolding() ? Math.min(millis, CHECK_MILLIS) : millis));
    }

    private void send(FairQueue.Report report) {
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
        long notBefore = ticker.read() + TimeUnit.MILLISECONDS.toNanos(delay);
        waiting.putBack(
                new FairQueue.Report(report.namespace(), report.subject(), report.sending(), attempts, notBefore));
        notifyAll();
    }
}
