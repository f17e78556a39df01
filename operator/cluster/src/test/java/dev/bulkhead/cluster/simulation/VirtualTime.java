package dev.bulkhead.cluster.simulation;

import com.google.common.base.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that passes when the scheduler says so; and a wall clock that somebody may set. */
final class VirtualTime extends Clock {

    private static final Instant BEGIN = Instant.parse("2027-01-01T00:00:00Z");

    private final Ticker ticker = new Ticker() {
        @Override
        public long read() {
            return elapsed.toNanos();
        }
    };

    private Duration elapsed = Duration.ZERO;
    private Duration error = Duration.ZERO;

    void pass(Duration duration) {
        elapsed = elapsed.plus(duration);
    }

    /** Since the beginning. */
    Duration elapsed() {
        return elapsed;
    }

    Ticker ticker() {
        return ticker;
    }

    /** Somebody sets the wall clock. */
    void setBy(Duration step) {
        error = error.plus(step);
    }

    /** A clock that nobody sets: the API server's. */
    Clock right() {
        return new Clock() {
            @Override
            public Instant instant() {
                return BEGIN.plus(elapsed);
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    @Override
    public Instant instant() {
        return BEGIN.plus(elapsed).plus(error);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
