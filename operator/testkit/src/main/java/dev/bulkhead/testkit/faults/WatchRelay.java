package dev.bulkhead.testkit.faults;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An open watch: passes events on, through whatever disturbs them. Runs on the proxy's thread only. */
final class WatchRelay implements WatchFault.Delivery {

    private final ApiRequest request;
    private final Supplier<List<Disturbance>> disturbances;
    private final Upstream upstream;
    private final Consumer<String> client;
    private final Runnable closeClient;
    private final Runnable closeServer;
    private final Queue<String> waiting = new ArrayDeque<>();
    private long lastDue = System.nanoTime();
    private String lastEvent = "";
    private boolean closed;

    /**
     * @param client takes events
     * @param closeClient ends the client's side without another word
     * @param closeServer ends the API server's side
     */
    WatchRelay(
            ApiRequest request,
            Supplier<List<Disturbance>> disturbances,
            Upstream upstream,
            Consumer<String> client,
            Runnable closeClient,
            Runnable closeServer) {
        this.request = request;
        this.disturbances = disturbances;
        this.upstream = upstream;
        this.client = client;
        this.closeClient = closeClient;
        this.closeServer = closeServer;
    }

    ApiRequest request() {
        return request;
    }

    /** The API server says something. */
    void event(String event) {
        lastEvent = event;
        disturb(event);
    }

    private void disturb(String event) {
        disturbances.get().stream()
                .filter(disturbance -> disturbance.concerns(request))
                .findFirst()
                .ifPresentOrElse(disturbance -> disturbance.apply(event, this), () -> now(event));
    }

    /** Says that nothing has happened since the last event; like a real API server, not where there never was any. */
    void bookmark() {
        if (!lastEvent.isEmpty()) {
            disturb(Bookmark.after(lastEvent));
        }
    }

    /** The API server ends the watch. */
    void serverClosed() {
        boolean hidden = disturbances.get().stream()
                .anyMatch(disturbance -> disturbance.concerns(request) && disturbance.hidesTheEnd());
        if (!hidden) {
            close();
        }
    }

    void clientClosed() {
        closed = true;
        closeServer.run();
    }

    /** Ends both sides, without an event that would say why. */
    void close() {
        if (!closed) {
            closed = true;
            closeClient.run();
            closeServer.run();
        }
    }

    @Override
    public void now(String event) {
        if (waiting.isEmpty()) {
            send(event);
        } else {
            after(Duration.ZERO, event);
        }
    }

    @Override
    public void after(Duration delay, String event) {
        waiting.add(event);
        long now = System.nanoTime();
        lastDue = Math.max(now + delay.toNanos(), lastDue);
        // Whichever timer fires first: the event that has waited longest goes first.
        upstream.after(Duration.ofNanos(lastDue - now), () -> send(waiting.remove()));
    }

    private void send(String event) {
        if (!closed) {
            client.accept(event);
        }
    }
}
