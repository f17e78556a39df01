package dev.bulkhead.cluster.inventory;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Judges one watch. An open one is judged by its signs of life: events and bookmarks. A real API server sends a bookmark each
 * minute on every watch, except of a kind of which nothing changed since that server started. So a watch that had signs and
 * has none any longer is silent; one that never had any is opened anew all the same, ever more seldom, and nothing is said of
 * it. One that is not open is left to the client, which tries again every few seconds; but not for ever.
 */
final class WatchSilence {

    /**
     * A watch that has not shown a sign is given twice as much time each time it is opened anew, so many times. The first one after a
     * watch that had shown some is not: what silenced that one may silence this one as well.
     */
    private static final int DOUBLINGS = 3;
    /** The part of the limit after which a watch that is not open is not left to the client; time for a few attempts. */
    private static final int CLOSED = 5;
    /** How long it is told that a watch was silent, for those who ask at intervals. */
    static final Duration TOLD = Duration.ofSeconds(15);

    private final LongSupplier nanos;
    private final Duration limit;
    private Object last;
    private long heard;
    /** Of this watch or the ones before it. */
    private Object shown;

    private long shownAt;
    private boolean alive;
    private int doublings;
    private OptionalLong closedSince = OptionalLong.empty();
    private long read;
    private int openings;
    private long toldUntil;
    private boolean told;

    /**
     * @param nanos a clock that never jumps
     * @param limit for a watch that has shown signs of life
     */
    WatchSilence(LongSupplier nanos, Duration limit) {
        this.nanos = nanos;
        this.limit = limit;
        this.heard = nanos.getAsLong();
        this.shownAt = heard;
    }

    /**
     * Of a watch that is open.
     *
     * @param sign another object than before if there was a list, an event or a bookmark
     * @param ofTheList whether the sign is that of the list, so that the watch itself has shown nothing yet
     * @return whether the watch should be opened anew
     */
    @SuppressWarnings("ReferenceEquality") // a bookmark may repeat a version
    synchronized boolean isSilent(Optional<Object> sign, boolean ofTheList) {
        long now = nanos.getAsLong();
        closedSince = OptionalLong.empty();
        openings = 0;
        if (sign.isPresent() && sign.get() != shown) {
            shown = sign.get();
            shownAt = now;
        }
        if (sign.isPresent() && sign.get() != last) {
            alive |= last != null || !ofTheList;
            last = sign.get();
            heard = now;
            if (alive) {
                doublings = 0;
            }
            return false;
        }
        if (now - heard < allowed().toNanos()) {
            return false;
        }
        if (alive) {
            told = true;
            toldUntil = now + TOLD.toNanos();
        } else {
            doublings++;
        }
        beginAnew();
        return true;
    }

    /**
     * Of a watch that is not open while others of the same API server are, so that only the client keeps it from being so.
     *
     * @param objectsRead how many its lists have shown; while that grows it is on its way
     * @return whether the watch should be opened anew
     */
    synchronized boolean isStuck(long objectsRead) {
        long now = nanos.getAsLong();
        if (closedSince.isEmpty() || objectsRead != read) {
            beginAnew();
            read = objectsRead;
            closedSince = OptionalLong.of(now);
            return false;
        }
        if (now - closedSince.getAsLong()
                < doubled(limit.dividedBy(CLOSED), openings).toNanos()) {
            return false;
        }
        openings++;
        beginAnew();
        return true;
    }

    /** The watch is another one from now on, perhaps of another API server. */
    synchronized void beginAnew() {
        last = null;
        alive = false;
        heard = nanos.getAsLong();
        closedSince = OptionalLong.empty();
    }

    /** How long ago there was a list, an event or a bookmark, whether the watch is open or not. */
    synchronized Duration sinceLastSign() {
        return Duration.ofNanos(nanos.getAsLong() - shownAt);
    }

    private Duration allowed() {
        return alive ? limit : doubled(limit, doublings);
    }

    private static Duration doubled(Duration time, int times) {
        return time.multipliedBy(1L << Math.min(times, DOUBLINGS));
    }

    /** Whether the watch was found silent just now. */
    synchronized boolean isTold() {
        told &= nanos.getAsLong() - toldUntil < 0;
        return told;
    }
}
