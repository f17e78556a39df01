package dev.bulkhead.app.console;

import dev.bulkhead.app.console.Problem.Status;
import dev.bulkhead.app.http.Deadlines;
import dev.bulkhead.cluster.access.User;
import dev.bulkhead.core.reach.AbandonedException;
import dev.bulkhead.core.reach.TooLargeException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Keeps whoever asks much from keeping others waiting, and all of them from what the operator is there for. */
final class RequestTurns {

    /** Of one user at a time; a page asks for a few things at once. */
    private static final int OF_ONE_USER = 6;

    /** Of those with a body, so that nobody who sends theirs slowly keeps the others from sending theirs. */
    private static final int OF_ONE_SENDER = 2;

    /** What takes long is worked out for so many users at a time. */
    private static final int LONG = 2;

    private static final int SHORT = 4;

    /** Bodies that are received at the same time, each of which takes its memory. */
    private static final int RECEIVED = 16;

    /** Bytes of answers that wait to be read: more than one user can keep waiting. */
    private static final int UNREAD = 8 * 1024 * 1024;

    /** Longer than what is worked out may take: whoever waits gets the turn of somebody who has one now. */
    private static final Duration PATIENCE = Duration.ofSeconds(14);

    private final UserShares asking = new UserShares(OF_ONE_USER);
    private final UserShares sending = new UserShares(OF_ONE_SENDER);
    private final Semaphore received = new Semaphore(RECEIVED);
    private final Semaphore shortOnes = new Semaphore(SHORT, /* fair= */ true);
    private final FairTurns longOnes = new FairTurns(LONG);
    private final Semaphore unread = new Semaphore(UNREAD);
    private final Deadlines deadlines;
    private final Duration longest;

    /**
     * @param deadlines end what takes too long
     * @param longest what is worked out may take
     */
    RequestTurns(Deadlines deadlines, Duration longest) {
        this.deadlines = deadlines;
        this.longest = longest;
    }

    /** Something that is asked. */
    interface Asking<T, E extends Exception> {
        T ask() throws E;
    }

    /** @throws ProblemException where this user has too many questions under way */
    <T, E extends Exception> T ofUser(User user, Asking<T, E> question) throws E {
        if (!asking.take(user)) {
            throw new ProblemException(
                    Status.TOO_MANY_REQUESTS, "you ask " + OF_ONE_USER + " questions already; wait for an answer");
        }
        try {
            return question.ask();
        } finally {
            asking.giveBack(user);
        }
    }

    /**
     * Something that somebody sends and that takes memory until it has been answered.
     *
     * @throws ProblemException where this user, or everybody together, sends too much at the same time
     */
    <T> T ofSenders(User user, Supplier<T> answer) {
        if (!sending.take(user)) {
            throw new ProblemException(
                    Status.TOO_MANY_REQUESTS, "you send " + OF_ONE_SENDER + " bodies already; wait for an answer");
        }
        try {
            if (!received.tryAcquire()) {
                throw busy();
            }
            try {
                return answer.get();
            } finally {
                received.release();
            }
        } finally {
            sending.giveBack(user);
        }
    }

    /**
     * One of these at a time for each owner of accounts.
     *
     * @throws ProblemException where others take too long, or this does
     */
    <T> T ofLongOnes(User user, Supplier<T> answer) {
        String owner = user.owner();
        return of(() -> longOnes.take(owner, PATIENCE), () -> longOnes.giveBack(owner), answer);
    }

    /** @throws ProblemException where others take too long, or this does */
    <T> T ofShortOnes(Supplier<T> answer) {
        return of(() -> shortOnes.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), shortOnes::release, answer);
    }

    /** Waits for a turn. */
    private interface Waiting {
        boolean take() throws InterruptedException;
    }

    private <T> T of(Waiting turn, Runnable giveBack, Supplier<T> answer) {
        try {
            if (!turn.take()) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Status.UNAVAILABLE, "the operator is about to stop");
        }
        try {
            return deadlines.within(longest, answer);
        } catch (TooLargeException e) {
            throw new ProblemException(
                    Status.UNPROCESSABLE,
                    e.getMessage() + "; ask for fewer namespaces, or use the command with --cluster");
        } catch (AbandonedException e) {
            throw new ProblemException(
                    Status.UNPROCESSABLE,
                    "this takes more than " + longest.toSeconds()
                            + " seconds; ask for fewer namespaces, or use the command with --cluster");
        } finally {
            giveBack.run();
        }
    }

    /**
     * Sends what takes memory until it has been read.
     *
     * @param bytes so much of it
     * @throws ProblemException where too much waits to be read already
     */
    void ofReaders(int bytes, Deadlines.Talk sending) throws IOException {
        if (!unread.tryAcquire(bytes)) {
            throw busy();
        }
        try {
            sending.run();
        } finally {
            unread.release(bytes);
        }
    }

    private static ProblemException busy() {
        return new ProblemException(Status.UNAVAILABLE, "others have asked for much; try again in a while");
    }
}
