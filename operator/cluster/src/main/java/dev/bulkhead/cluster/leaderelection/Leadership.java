package dev.bulkhead.cluster.leaderelection;

import com.google.common.base.Ticker;
import dev.bulkhead.cluster.log.Errors;
import dev.bulkhead.cluster.log.LogKey;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes part in the election until it is closed. Requests have a client of their own that gives up soon and does not ask
 * again by itself: otherwise a leader would not notice that the API server hangs before others have taken over.
 */
public final class Leadership implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    /** Two requests that hang fit into the renew deadline. */
    private static final int REQUEST_TIMEOUT_MILLIS = 1500;

    private static final int LOOKS = 4;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

    /** Passes the time between two attempts. */
    interface Waiting {

        /** @return whether the latch was released by then */
        boolean await(CountDownLatch closing, Duration pause) throws InterruptedException;
    }

    private final LeaseApi api;
    private final ElectionSettings settings;
    private final LeaseFence fence;
    private final Election election;
    private final Runnable gained;
    private final Runnable lost;
    private final Ticker ticker;
    private final Waiting waiting;
    private final Thread thread = new Thread(this::takePart, "bulkhead-election");
    private final CountDownLatch closing = new CountDownLatch(1);
    private String leader = "";
    private volatile boolean leading;

    /**
     * @param gained called once, on the thread of the election, which waits for it
     * @param lost called when the lead is lost without having been given up; nothing is written any longer then
     */
    public Leadership(KubernetesClient template, ElectionSettings settings, Runnable gained, Runnable lost) {
        this(
                new ClusterLeaseApi(impatient(template), settings.namespace(), settings.lease()),
                settings,
                gained,
                lost,
                Ticker.systemTicker(),
                Clock.systemUTC(),
                (closing, pause) -> closing.await(pause.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** @param api closed with this */
    Leadership(
            LeaseApi api,
            ElectionSettings settings,
            Runnable gained,
            Runnable lost,
            Ticker ticker,
            Clock clock,
            Waiting waiting) {
        this.api = api;
        this.settings = settings;
        this.gained = gained;
        this.lost = lost;
        this.ticker = ticker;
        this.waiting = waiting;
        this.fence = new LeaseFence(settings.renewDeadline(), ticker, clock);
        this.election = new Election(api, settings, fence, ticker, clock);
        thread.setDaemon(true);
    }

    private static KubernetesClient impatient(KubernetesClient template) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(template.getConfiguration())
                        .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                        .withConnectionTimeout(REQUEST_TIMEOUT_MILLIS)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    public void join() {
        thread.start();
    }

    /** Open while this replica certainly leads. */
    public Fence fence() {
        return fence;
    }

    /** Until it is closed, or the lead is lost. */
    void takePart() {
        try {
            Duration pause = Duration.ZERO;
            while (!waiting.await(closing, pause)) {
                long begin = ticker.read();
                Duration period = once();
                if (leading && !fence.isOpen()) {
                    stepDown();
                    return;
                }
                Duration left = period.minusNanos(ticker.read() - begin);
                pause = left.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : left;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stepDown() {
        if (closing.getCount() == 0) {
            // It is being closed, and is given up by whoever does that.
            return;
        }
        fence.close();
        leading = false;
        lost.run();
    }

    /** @return how long after its beginning the next attempt is due */
    private Duration once() {
        try {
            if (election.tryToLead()) {
                tellLeader();
                if (!leading) {
                    leading = true;
                    gained.run();
                }
                return settings.retryPeriod();
            }
            tellLeader();
            if (leading) {
                fence.close();
            }
            // More often than the leader renews, so that it is known soon that it does not, or has given the lead up.
            Duration look = settings.retryPeriod().dividedBy(LOOKS);
            Duration free = election.untilFree();
            return free.compareTo(look) < 0 ? free : look;
        } catch (RuntimeException e) {
            // Whatever it is: this thread alone notices how long it has lasted.
            LOG.atDebug().addKeyValue(LogKey.ERROR, Errors.brief(e)).log("Lease not asked for");
            return settings.retryPeriod().dividedBy(LOOKS);
        }
    }

    private void tellLeader() {
        String now = election.leader();
        if (!now.isEmpty() && !now.equals(leader)) {
            LOG.atInfo().addKeyValue(LogKey.LEADER, now).log("Leader elected");
        }
        leader = now;
    }

    /** Gives the lead up, so that another takes it at once. */
    @Override
    public void close() {
        // First, so that a fence that is closed here is not taken for a lead that was lost.
        closing.countDown();
        fence.close();
        try {
            if (!Thread.currentThread().equals(thread)) {
                // A renewal that is under way ends first: it would undo what follows.
                thread.join(REQUEST_TIMEOUT_MILLIS);
            }
            if (leading) {
                election.giveUp();
                LOG.atInfo().log("Lead given up");
            }
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue(LogKey.ERROR, Errors.brief(e)).log("Lease not released");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            api.close();
        }
    }
}
