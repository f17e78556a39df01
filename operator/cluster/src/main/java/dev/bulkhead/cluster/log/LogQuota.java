package dev.bulkhead.cluster.log;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Lets each namespace cause so many lines, since what makes them is in its tenants' hands: one that changes thousands of
 * intents, or one intent all the time, would bury everybody else's lines and fill the disk. What is beyond goes to DEBUG, and
 * the next line of that namespace says how many there were. A line for each change, rather than a sum for each namespace:
 * as long as nobody floods, whoever reads the log wants to know which intent and which policy.
 */
public final class LogQuota {

    /** A deployment of a hundred intents, with their policies. */
    static final int AT_ONCE = 200;

    static final Duration ONE_MORE = Duration.ofSeconds(1);
    private static final long NAMESPACES = 20_000;

    private static final class Share {

        private Instant full;
        private long suppressed;

        /** @param full when nothing will be missing from it */
        private Share(Instant full) {
            this.full = full;
        }
    }

    private final Clock clock;
    private final Cache<String, Share> shares =
            CacheBuilder.newBuilder().maximumSize(NAMESPACES).build();

    public LogQuota(Clock clock) {
        this.clock = clock;
    }

    /** A line about the namespace, at this level as long as its share lasts. */
    public LoggingEventBuilder line(Logger logger, Level level, String namespace) {
        // What is not written anyway takes nothing.
        OptionalLong suppressed = logger.isEnabledForLevel(level) ? take(namespace) : OptionalLong.of(0);
        LoggingEventBuilder line =
                logger.atLevel(suppressed.isPresent() ? level : Level.DEBUG).addKeyValue(LogKey.NAMESPACE, namespace);
        return suppressed.orElse(0) == 0 ? line : line.addKeyValue(LogKey.SUPPRESSED, suppressed.getAsLong());
    }

    /** @return how many were not to be had before this one; empty if this one is not to be had either */
    private synchronized OptionalLong take(String namespace) {
        Instant now = clock.instant();
        Share share = Optional.ofNullable(shares.getIfPresent(namespace)).orElseGet(() -> new Share(now));
        shares.put(namespace, share);
        Instant latest = now.plus(ONE_MORE.multipliedBy(AT_ONCE));
        Instant full = share.full.isBefore(now) ? now : share.full;
        Instant after = full.plus(ONE_MORE);
        if (after.isAfter(latest)) {
            // Later than that it can only be if the clock was set back meanwhile.
            share.full = full.isBefore(latest) ? full : latest;
            share.suppressed++;
            return OptionalLong.empty();
        }
        share.full = after;
        long suppressed = share.suppressed;
        share.suppressed = 0;
        return OptionalLong.of(suppressed);
    }
}
