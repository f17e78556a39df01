package dev.bulkhead.cluster.access;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableSortedSet;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Which namespaces one account may see, as far as the API server was asked not long ago; a few bytes for each namespace. A
 * refusal is believed the longer the more often it was repeated, so that an account that may see little and keeps asking costs
 * the API server less and less.
 */
final class Answers {

    private static final Duration ALLOWED = Duration.ofMinutes(1);
    /** Most namespaces are not somebody's own: to ask for all of them every minute would be many questions. */
    private static final Duration REFUSED = Duration.ofMinutes(3);
    /** A refusal is believed for three minutes at first, for 24 at last. */
    private static final int MOST_DOUBLINGS = 3;

    private final Ticker ticker;
    private final long begin;
    private ImmutableSortedSet<String> namespaces = ImmutableSortedSet.of();
    /** In seconds; by the place of the namespace among all of them. */
    private int[] until = new int[0];
    /** How often it was refused in a row; 0 where it was allowed. */
    private byte[] refusals = new byte[0];

    Answers(Ticker ticker) {
        this.ticker = ticker;
        this.begin = ticker.read();
    }

    /** From now on answers about these are kept. */
    synchronized void follow(Collection<String> known) {
        ImmutableSortedSet<String> all = ImmutableSortedSet.copyOf(known);
        if (all.equals(namespaces)) {
            return;
        }
        int[] newUntil = new int[all.size()];
        byte[] newRefusals = new byte[all.size()];
        int next = 0;
        for (String namespace : all) {
            int place = place(namespace);
            if (place >= 0) {
                newUntil[next] = until[place];
                newRefusals[next] = refusals[place];
            }
            next++;
        }
        namespaces = all;
        until = newUntil;
        refusals = newRefusals;
    }

    /** The answer that is still believed. */
    synchronized Optional<Boolean> known(String namespace) {
        int place = place(namespace);
        return place < 0 || until[place] <= now() ? Optional.empty() : Optional.of(refusals[place] == 0);
    }

    synchronized void put(String namespace, boolean allowed) {
        int place = place(namespace);
        if (place < 0) {
            return;
        }
        long believed = ALLOWED.toSeconds();
        if (!allowed) {
            believed = REFUSED.toSeconds() << Math.min(refusals[place], MOST_DOUBLINGS);
        }
        refusals[place] = (byte) (allowed ? 0 : Math.min(refusals[place] + 1, MOST_DOUBLINGS));
        until[place] = (int) (now() + believed);
    }

    private int place(String namespace) {
        return Collections.binarySearch(namespaces.asList(), namespace);
    }

    private long now() {
        return TimeUnit.NANOSECONDS.toSeconds(ticker.read() - begin);
    }
}
