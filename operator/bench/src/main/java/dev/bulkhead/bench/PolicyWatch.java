package dev.bulkhead.bench;

import dev.bulkhead.testkit.Await;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** When the first event of each policy came. Policies are known by the intent that their annotation names. */
final class PolicyWatch implements AutoCloseable {

    private static final String INTENTS = "bulkhead.dev/intents";

    private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> awaited = new ConcurrentHashMap<>();
    private final Watch watch;

    PolicyWatch(KubernetesClient client) {
        watch = client.network().v1().networkPolicies().inAnyNamespace().watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, NetworkPolicy policy) {
                arrived(policy, System.nanoTime());
            }

            @Override
            public void onClose(WatcherException cause) {
                throw new IllegalStateException("the watch broke; the figures would be wrong", cause);
            }
        });
    }

    int count() {
        return arrivals.size();
    }

    /** The time, on the clock of {@link System#nanoTime()}, of the first event of the policy that carries the intent. */
    long await(String intent, Duration limit) {
        CountDownLatch latch = awaited.computeIfAbsent(intent, key -> new CountDownLatch(1));
        if (!arrivals.containsKey(intent)) {
            try {
                if (!latch.await(limit.toMillis(), TimeUnit.MILLISECONDS) && !arrivals.containsKey(intent)) {
                    throw new IllegalStateException("no policy for " + intent + " within " + limit);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        return arrivals.get(intent);
    }

    /** @return the time at which the last of so many policies came */
    long awaitCount(int count, Duration limit) {
        Await.until(count + " policies", limit, () -> arrivals.size() >= count);
        return arrivals.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    @Override
    public void close() {
        watch.close();
    }

    private void arrived(NetworkPolicy policy, long now) {
        Map<String, String> annotations = policy.getMetadata().getAnnotations();
        if (annotations != null && annotations.containsKey(INTENTS)) {
            String intent = annotations.get(INTENTS);
            arrivals.putIfAbsent(intent, now);
            awaited.computeIfAbsent(intent, key -> new CountDownLatch(1)).countDown();
        }
    }
}
