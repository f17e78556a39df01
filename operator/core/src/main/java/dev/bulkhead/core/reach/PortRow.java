package dev.bulkhead.core.reach;

import java.util.Arrays;

/** What one class is allowed towards each class, as numbers of a {@link PortTable}. Only what is allowed takes much memory. */
final class PortRow {

    private static final int BITS = Long.SIZE;

    /** A bit for each class. */
    private final long[] allowed;
    /** How many bits are set in the words before each word of {@code allowed}. */
    private final int[] before;
    /** In the order of the bits that are set. */
    private final int[] ports;

    private PortRow(long[] allowed, int[] before, int[] ports) {
        this.allowed = allowed;
        this.before = before;
        this.ports = ports;
    }

    /** @param all by class */
    static PortRow of(int[] all) {
        long[] allowed = new long[(all.length + BITS - 1) / BITS];
        int[] before = new int[allowed.length];
        int[] ports = new int[all.length];
        int count = 0;
        for (int i = 0; i < all.length; i++) {
            if (i % BITS == 0) {
                before[i / BITS] = count;
            }
            if (all[i] != PortTable.NONE) {
                allowed[i / BITS] |= 1L << i;
                ports[count++] = all[i];
            }
        }
        return new PortRow(allowed, before, Arrays.copyOf(ports, count));
    }

    int get(int number) {
        long word = allowed[number / BITS];
        long bit = 1L << number;
        return (word & bit) == 0 ? PortTable.NONE : ports[before[number / BITS] + Long.bitCount(word & (bit - 1))];
    }

    long bytes() {
        return 64L + 12L * allowed.length + 4L * ports.length;
    }
}
