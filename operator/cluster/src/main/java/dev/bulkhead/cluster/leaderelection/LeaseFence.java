package dev.bulkhead.cluster.leaderelection;

import com.google.common.base.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Open from one renewal of the lease until the renewal has become too old. Two clocks measure its age and the one that says
 * more decides: the monotonic clock cannot be set back, and the wall clock goes on while a machine is suspended. If the wall
 * clock is set forward the fence is closed until the next renewal, which does no harm.
 */
final class LeaseFence implements Fence {

    /** When a renewal was asked for. */
    record Moment(long ticks, Instant time) {}

    private final Duration validity;
    private final Ticker ticker;
    private final Clock clock;
    private Moment renewed;
    private boolean closed;

    /** @param validity shorter than others wait before they take the lease */
    LeaseFence(Duration validity, Ticker ticker, Clock clock) {
        this.validity = validity;
        this.ticker = ticker;
        this.clock = clock;
    }

    Moment now() {
        return new Moment(ticker.read(), clock.instant());
    }

    /** @param asked before the request for the renewal was sent: nobody knows when the API server carried it out */
    synchronized void renewed(Moment asked) {
        renewed = asked;
    }

    @Override
    public synchronized boolean isOpen() {
        if (closed || renewed == null) {
            return false;
        }
        Moment now = now();
        return now.ticks() - renewed.ticks() < validity.toNanos()
                && Duration.between(renewed.time(), now.time()).compareTo(validity) < 0;
    }

    /** For good. */
    synchronized void close() {
        closed = true;
    }
}
