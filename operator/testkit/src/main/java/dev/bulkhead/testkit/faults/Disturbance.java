package dev.bulkhead.testkit.faults;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What is done to the events of watches, also of those that are open already, until it is closed. */
public final class Disturbance implements AutoCloseable {

    private final Match match;
    private final WatchFault fault;
    private final Consumer<Disturbance> end;
    private final AtomicInteger hits = new AtomicInteger();

    Disturbance(Match match, WatchFault fault, Consumer<Disturbance> end) {
        this.match = match;
        this.fault = fault;
        this.end = end;
    }

    boolean concerns(ApiRequest request) {
        return match.fits(request);
    }

    void apply(String event, WatchFault.Delivery delivery) {
        hits.incrementAndGet();
        fault.apply(event, delivery);
    }

    /** Whether the end of the watch itself is kept from the client, too. */
    boolean hidesTheEnd() {
        return fault.hidesTheEnd();
    }

    /** How many events it has met. */
    public int hits() {
        return hits.get();
    }

    @Override
    public void close() {
        end.accept(this);
    }
}
