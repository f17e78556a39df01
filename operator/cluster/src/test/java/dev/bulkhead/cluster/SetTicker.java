package dev.bulkhead.cluster;

import com.google.common.base.Ticker;
import java.time.Duration;

/** Stands still until it is advanced. */
public final class SetTicker extends Ticker {

    private long nanos;

    public void advance(Duration duration) {
        nanos += duration.toNanos();
    }

    @Override
    public long read() {
        return nanos;
    }
}
