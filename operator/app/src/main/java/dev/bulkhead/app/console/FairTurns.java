package dev.bulkhead.app.console;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Turns of which there are a few at a time. Each user has one of them at most, however many they ask for, and gets the next one
 * after everybody who was waiting when they gave theirs back.
 */
final class FairTurns {

    private final int most;
    private final Set<String> taken = new HashSet<>();
    /** How many turns each user waits for; in the order in which they are given. */
    private final Map<String, Integer> waiting = new LinkedHashMap<>();

    /** @param most at a time */
    FairTurns(int most) {
        this.most = most;
    }

    /** @return whether it was their turn before their patience ended; whoever takes one gives it back */
    synchronized boolean take(String user, Duration patience) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long end = System.nanoTime() + patience.toNanos();
        waiting.merge(user, 1, Integer::sum);
        try {
            while (!isNext(user)) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            taken.add(user);
            return true;
        } finally {
            waiting.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
            notifyAll();
        }
    }

    private boolean isNext(String user) {
        return taken.size() < most
                && waiting.keySet().stream()
                        .filter(name -> !taken.contains(name))
                        .findFirst()
                        .filter(user::equals)
                        .isPresent();
    }

    synchronized void giveBack(String user) {
        taken.remove(user);
        Integer more = waiting.remove(user);
        if (more != null) {
            waiting.put(user, more);
        }
        notifyAll();
    }

    /** How many turns somebody waits for. */
    synchronized int waiting() {
        return waiting.values().stream().mapToInt(Integer::intValue).sum();
    }
}
