package dev.bulkhead.demo;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pods go, and others come in their place, all the time and for no reason. */
final class Tide implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tide.class);
    private static final long INTERVAL_MILLIS = 150;

    private final KubernetesClient client;
    private final Shop shop;
    private final Random random = new Random();
    private final AtomicInteger gone = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "tide");
    private volatile boolean closed;

    Tide(KubernetesClient client, Shop shop) {
        this.client = client;
        this.shop = shop;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** How many pods it took so far. */
    int gone() {
        return gone.get();
    }

    /** Comes back when nothing is asked of the client any more, which may be closed next. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed) {
                TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
                takeOne();
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    private void takeOne() {
        try {
            List<Pod> pods = shop.running(Shop.WORKLOADS.get(random.nextInt(Shop.WORKLOADS.size())));
            // Never the last one, or nothing could be said about the workload for a moment.
            if (pods.size() > 1) {
                client.resource(pods.get(random.nextInt(pods.size()))).delete();
                gone.incrementAndGet();
            }
        } catch (KubernetesClientException e) {
            // Another one's turn comes soon.
            LOG.info("No pod went this time: {}", e.getMessage());
        }
    }
}
