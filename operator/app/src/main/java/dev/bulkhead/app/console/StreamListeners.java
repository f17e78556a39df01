package dev.bulkhead.app.console;

import dev.bulkhead.cluster.access.User;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The threads that tell each user of changes. Of too many the oldest ends: a page that was left is known to be gone only when
 * something is written to it, and whoever opens the next one should not have to wait for that.
 */
final class StreamListeners {

    private final int most;
    private final Map<String, Deque<Thread>> threads = new HashMap<>();

    /** @param most of one user, whatever tokens they show */
    StreamListeners(int most) {
        this.most = most;
    }

    /** This thread tells them from now on. */
    synchronized void enter(User user) {
        Deque<Thread> own = threads.computeIfAbsent(user.name(), unknown -> new ArrayDeque<>());
        own.add(Thread.currentThread());
        if (own.size() > most) {
            own.remove().interrupt();
        }
    }

    /** No longer; an end that was asked for in between concerns nothing that the thread does next. */
    synchronized void leave(User user) {
        Deque<Thread> own = threads.getOrDefault(user.name(), new ArrayDeque<>());
        own.remove(Thread.currentThread());
        if (own.isEmpty()) {
            threads.remove(user.name());
        }
        Thread.interrupted();
    }
}
