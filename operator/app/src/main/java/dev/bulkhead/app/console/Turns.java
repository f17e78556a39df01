package dev.bulkhead.app.console;

import dev.bulkhead.app.console.Problem.Status;
import dev.bulkhead.cluster.access.User;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Keeps whoever asks much from keeping others waiting, and all of them from what the operator is there for. */
final class Turns {

    /** Of one user at a time; a page asks for a few things at once. */
    private static final int OF_ONE_USER = 6;

    /** What takes long is worked out for so many at a time. */
    private static final int LONG = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Shares asking = new Shares(OF_ONE_USER);
    private final Semaphore turns = new Semaphore(LONG, /* fair= */ true);

    /** @throws ProblemException where this user has too many questions under way */
    <T> T ofUser(User user, Supplier<T> answer) {
        if (!asking.take(user)) {
            throw new ProblemException(
                    Status.TOO_MANY_REQUESTS, "you ask " + OF_ONE_USER + " questions already; wait for an answer");
        }
        try {
            return answer.get();
        } finally {
            asking.giveBack(user);
        }
    }

    /** @throws ProblemException where others take too long */
    <T> T ofLongOnes(Supplier<T> answer) {
        try {
            if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ProblemException(Status.UNAVAILABLE, "others have asked for much; try again in a while");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Status.UNAVAILABLE, "the operator is about to stop");
        }
        try {
            return answer.get();
        } finally {
            turns.release();
        }
    }
}
