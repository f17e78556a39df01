package dev.bulkhead.cluster.lead;

import dev.bulkhead.cluster.log.Errors;
import dev.bulkhead.cluster.log.LogKey;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes part in the election until it is closed. Requests have a client of their own that gives up soon and does not ask
 * again by itself: otherwise a leader would not notice that the API server hangs before others have taken over.
 */
public final class Leadership implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final int REQUEST_TIMEOUT_MILLIS = 2000;

    private final KubernetesClient client;
    private final LeaderElector elector;
    private volatile boolean leading;
    private volatile boolean closing;
    private CompletableFuture<?> election;

    /**
     * @param gained called once, on a thread of the election, which waits for it
     * @param lost called when the lead is lost without having been given up
     */
    public Leadership(KubernetesClient template, ElectionSettings settings, Runnable gained, Runnable lost) {
        this.client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(template.getConfiguration())
                        .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                        .withConnectionTimeout(REQUEST_TIMEOUT_MILLIS)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
        LeaderCallbacks callbacks = new LeaderCallbacks(
                () -> {
                    leading = true;
                    gained.run();
                },
                () -> {
                    leading = false;
                    if (!closing) {
                        lost.run();
                    }
                },
                leader -> LOG.atInfo().addKeyValue(LogKey.LEADER, leader).log("Leader elected"));
        // Not released on cancel: that would ask a hanging API server once more before stepping down.
        this.elector = client.leaderElector()
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName(settings.lease())
                        .withLock(new LeaseLock(settings.namespace(), settings.lease(), settings.identity()))
                        .withLeaseDuration(settings.leaseDuration())
                        .withRenewDeadline(settings.renewDeadline())
                        .withRetryPeriod(settings.retryPeriod())
                        .withReleaseOnCancel(false)
                        .withLeaderCallbacks(callbacks)
                        .build())
                .build();
    }

    public synchronized void join() {
        election = elector.start();
    }

    public boolean isLeading() {
        return leading;
    }

    /** Gives the lead up, so that another takes it at once. */
    @Override
    public synchronized void close() {
        closing = true;
        boolean led = leading;
        if (election != null) {
            election.cancel(true);
        }
        if (led) {
            try {
                elector.release();
                LOG.atInfo().log("Lead given up");
            } catch (KubernetesClientException e) {
                LOG.atWarn().addKeyValue(LogKey.ERROR, Errors.brief(e)).log("Lease not released");
            }
        }
        client.close();
    }
}
