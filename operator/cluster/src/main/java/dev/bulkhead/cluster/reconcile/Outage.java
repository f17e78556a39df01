package dev.bulkhead.cluster.reconcile;

import com.google.common.base.Throwables;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Requests that no API server answered. Where nobody listens, trying again burdens nobody, so it happens every few seconds;
 * JOSDK's retries would be up to a minute apart by the time somebody listens again.
 */
final class Outage {

    static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

    private Outage() {}

    /** Whether this failed, or something that caused it, because no answer came. */
    static boolean caused(Throwable failure) {
        return Throwables.getCausalChain(failure).stream()
                .anyMatch(cause -> cause instanceof KubernetesClientException refusal && refusal.getCode() <= 0);
    }

    /** Because of a read that failed: looked at again soon, unless an answer refused it. */
    static Hold hold(String reason, RuntimeException failure) {
        Hold hold = Hold.shrink(reason);
        return caused(failure) ? hold.again(pause()) : hold;
    }

    /** When to try again; not the same for all namespaces. */
    static Duration pause() {
        return Duration.ofMillis(
                ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE.toMillis(), LONGEST_PAUSE.toMillis()));
    }
}
