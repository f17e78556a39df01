package dev.bulkhead.cluster.apply;

import java.util.concurrent.atomic.LongAdder;

/** How many writes the API server acknowledged. */
public final class WriteCounters {

    private final LongAdder creates = new LongAdder();
    private final LongAdder updates = new LongAdder();
    private final LongAdder deletes = new LongAdder();
    private final LongAdder statuses = new LongAdder();
    private final LongAdder events = new LongAdder();

    /** Of policies; likewise {@link #updates()} and {@link #deletes()}. */
    public long creates() {
        return creates.sum();
    }

    public long updates() {
        return updates.sum();
    }

    public long deletes() {
        return deletes.sum();
    }

    /** Of policies, of any sort. */
    public long policyWrites() {
        return creates() + updates() + deletes();
    }

    public long statuses() {
        return statuses.sum();
    }

    public long events() {
        return events.sum();
    }

    void created() {
        creates.increment();
    }

    void updated() {
        updates.increment();
    }

    void deleted() {
        deletes.increment();
    }

    public void wroteStatus() {
        statuses.increment();
    }

    public void wroteEvent() {
        events.increment();
    }
}
