package dev.bulkhead.testkit.faults;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A rule in force, until it is closed. */
public final class Injection implements AutoCloseable {

    private final Match match;
    private final Times times;
    private final Fault fault;
    private final Consumer<Injection> end;
    private final AtomicInteger occurrences = new AtomicInteger();
    private final AtomicInteger hits = new AtomicInteger();

    Injection(Match match, Times times, Fault fault, Consumer<Injection> end) {
        this.match = match;
        this.times = times;
        this.fault = fault;
        this.end = end;
    }

    /** Counts the request if it fits. */
    boolean isDue(ApiRequest request) {
        if (match.fits(request) && times.isDue(occurrences.incrementAndGet())) {
            hits.incrementAndGet();
            return true;
        }
        return false;
    }

    Fault fault() {
        return fault;
    }

    /** To how many requests it was applied. */
    public int hits() {
        return hits.get();
    }

    @Override
    public void close() {
        end.accept(this);
    }
}
