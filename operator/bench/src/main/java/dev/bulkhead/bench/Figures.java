package dev.bulkhead.bench;

import java.util.Arrays;
import java.util.Locale;

/** Samples in milliseconds, and how they are printed. */
final class Figures {

    private final String what;
    private final double[] sorted;

    Figures(String what, double[] milliseconds) {
        this.what = what;
        this.sorted = milliseconds.clone();
        Arrays.sort(sorted);
    }

    private double quantile(double share) {
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, Math.min(sorted.length - 1, index))];
    }

    double median() {
        return quantile(0.5);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: p50 %.1f ms, p99 %.1f ms, max %.1f ms, n=%d",
                what,
                quantile(0.5),
                quantile(0.99),
                quantile(1),
                sorted.length);
    }
}
