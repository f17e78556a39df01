package dev.bulkhead.app.console;

import com.google.common.base.Ticker;

/** So many a second; what was not used for a second may be used at once. */
final class RateAllowance {

    private static final double NANOS = 1e9;

    private final int perSecond;
    private final Ticker ticker;
    private double left;
    private long filled;

    RateAllowance(int perSecond, Ticker ticker) {
        this.perSecond = perSecond;
        this.ticker = ticker;
        this.left = perSecond;
        this.filled = ticker.read();
    }

    /** @return whether there was one left */
    synchronized boolean take() {
        long now = ticker.read();
        left = Math.min(perSecond, left + (now - filled) / NANOS * perSecond);
        filled = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
