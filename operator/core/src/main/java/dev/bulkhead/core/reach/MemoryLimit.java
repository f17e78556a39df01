package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableRangeSet;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Protocol;

/**
 * How much memory a calculation may use for what it keeps. Everything that grows faster than what it is asked about is counted
 * before it is kept, by an estimate, so that a calculation that needs too much ends before the memory is used. For one thread.
 */
public final class MemoryLimit {

    private static final int PORT_RANGE = 48;

    private final long most;
    private long kept;

    private MemoryLimit(long most) {
        this.most = most;
    }

    public static MemoryLimit bytes(long most) {
        return new MemoryLimit(most);
    }

    /** For whoever has as much memory as they give to a process of their own. */
    public static MemoryLimit none() {
        return new MemoryLimit(Long.MAX_VALUE);
    }

    /**
     * Counts what is about to be kept.
     *
     * @throws TooLargeException where it is more than may be kept
     */
    public void keep(long bytes) {
        if (bytes > most - kept) {
            throw new TooLargeException();
        }
        kept += bytes;
    }

    /** How much was counted. */
    public long kept() {
        return kept;
    }

    /** How much memory a set of ports takes. */
    public static long of(PortSet ports) {
        long ranges = 0;
        for (Protocol protocol : Protocol.values()) {
            ImmutableRangeSet<Integer> set = ports.of(protocol);
            ranges += set.isEmpty() ? 0 : 1 + set.asRanges().size();
        }
        return PORT_RANGE * ranges;
    }
}
