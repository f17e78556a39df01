package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.util.concurrent.Uninterruptibles;
import dev.bulkhead.app.http.Deadlines;
import dev.bulkhead.cluster.access.User;
import dev.bulkhead.core.reach.MemoryLimit;
import dev.bulkhead.core.reach.Reachability;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one user, and all of them, can have under way. */
class RequestTurnsTest {

    private final Deadlines deadlines = new Deadlines();

    @AfterEach
    void close() {
        deadlines.close();
    }

    /** Of a service account: the API server tells one token from another. */
    private static User user(String name, String token) {
        return new User(
                name,
                "uid",
                ImmutableList.of(),
                ImmutableSortedMap.of("authentication.kubernetes.io/credential-id", ImmutableList.of(token)));
    }

    @Test
    void manyTokensOfOneAccountAreOneUser() {
        UserShares shares = new UserShares(2);
        assertTrue(shares.take(user("team", "a")));
        assertTrue(shares.take(user("team", "b")));
        assertFalse(shares.take(user("team", "c")));
        assertTrue(shares.take(user("others", "d")));
        shares.giveBack(user("team", "a"));
        assertTrue(shares.take(user("team", "c")));
    }

    @Test
    void whatFailsGivesBackWhatItTook() {
        RequestTurns turns = new RequestTurns(deadlines, Duration.ofMinutes(1));
        for (int i = 0; i < 20; i++) {
            assertThrows(
                    IllegalStateException.class,
                    () -> turns.ofUser(
                            user("team", "a"), () -> turns.ofLongOnes(user("team", "a"), RequestTurnsTest::failing)));
        }
        assertEquals("fine", turns.ofUser(user("team", "a"), () -> turns.ofLongOnes(user("team", "a"), () -> "fine")));
    }

    private static String failing() {
        throw new IllegalStateException("on purpose");
    }

    @Test
    void oneWhoAsksTooMuchIsRefusedAndOthersAreNot() {
        RequestTurns turns = new RequestTurns(deadlines, Duration.ofMinutes(1));
        assertEquals("fine", nested(turns, 6));
        ProblemException refusal = assertThrows(ProblemException.class, () -> nested(turns, 7));
        assertEquals(429, refusal.problem().status());
        assertEquals("fine", nested(turns, 6));
    }

    private static String nested(RequestTurns turns, int depth) {
        if (depth == 0) {
            return turns.ofUser(user("others", "b"), () -> "fine");
        }
        return turns.ofUser(user("team", "a"), () -> nested(turns, depth - 1));
    }

    @Test
    void whoeverIsInterruptedWhileTheyWaitForATurnTakesNone() {
        RequestTurns turns = new RequestTurns(deadlines, Duration.ofMinutes(1));
        for (User user : List.of(user("team", "a"), user("others", "b"), user("third", "c"))) {
            Thread.currentThread().interrupt();
            assertThrows(ProblemException.class, () -> turns.ofLongOnes(user, () -> "never"));
            assertTrue(Thread.interrupted());
        }
        assertEquals(
                "fine", turns.ofLongOnes(user("team", "a"), () -> turns.ofLongOnes(user("others", "b"), () -> "fine")));
    }

    /** They hold one turn, and wait for five more. */
    @Test
    void whoeverAsksMuchLeavesATurnToOthers() throws Exception {
        RequestTurns turns = new RequestTurns(deadlines, Duration.ofMinutes(1));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger mostAtOnce = new AtomicInteger();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<String>> asked = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                User account = user("system:serviceaccount:greedy:account-" + i, "token");
                asked.add(threads.submit(() -> turns.ofLongOnes(account, () -> {
                    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    begun.countDown();
                    Uninterruptibles.awaitUninterruptibly(end);
                    atOnce.decrementAndGet();
                    return "late";
                })));
            }
            begun.await();
            for (int i = 0; i < 3; i++) {
                assertEquals("soon", turns.ofLongOnes(user("system:serviceaccount:shop:explains", "b"), () -> "soon"));
            }
            end.countDown();
            for (Future<String> one : asked) {
                assertEquals("late", one.get());
            }
            assertEquals(1, mostAtOnce.get());
        } finally {
            end.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void whatTakesTooMuchMemoryIsRefusedWithAWayOut() {
        RequestTurns turns = new RequestTurns(deadlines, Duration.ofMinutes(1));
        ProblemException refusal = assertThrows(
                ProblemException.class,
                () -> turns.ofLongOnes(user("team", "a"), () -> {
                    MemoryLimit.bytes(1).keep(2);
                    return "never";
                }));
        assertEquals(422, refusal.problem().status());
        assertTrue(refusal.problem().detail().contains("fewer namespaces"));
        assertEquals("fine", turns.ofLongOnes(user("team", "a"), () -> "fine"));
    }

    @Test
    void whatTakesTooLongEndsAndGivesItsTurnBack() {
        RequestTurns turns = new RequestTurns(deadlines, Duration.ofMillis(50));
        ViewedCluster cluster = LargeClusterTest.observed(1);
        for (int i = 0; i < 5; i++) {
            ProblemException refusal = assertTimeoutPreemptively(
                    Duration.ofMinutes(1),
                    () -> assertThrows(
                            ProblemException.class, () -> turns.ofLongOnes(user("team", "a"), () -> forEver(cluster))));
            assertEquals(422, refusal.problem().status());
        }
        assertEquals("fine", turns.ofLongOnes(user("team", "a"), () -> "fine"));
    }

    private static String forEver(ViewedCluster cluster) {
        return cluster.reachable(reachability -> {
            while (true) {
                reachability.connections(Reachability.Ranges.MERGED, connection -> {});
            }
        });
    }

    @Test
    void nobodyWhoSendsSlowlyKeepsOthersFromSending() {
        RequestTurns turns = new RequestTurns(deadlines, Duration.ofMinutes(1));
        assertEquals(
                429,
                turns.ofSenders(
                        user("team", "a"),
                        () -> turns.ofSenders(
                                user("team", "b"),
                                () -> assertThrows(
                                                ProblemException.class,
                                                () -> turns.ofSenders(user("team", "c"), () -> "never"))
                                        .problem()
                                        .status())));
        assertEquals(
                "fine", turns.ofSenders(user("team", "a"), () -> turns.ofSenders(user("others", "b"), () -> "fine")));
    }

    @Test
    void moreUnreadAnswersThanThereIsMemoryForAreRefused() throws IOException {
        RequestTurns turns = new RequestTurns(deadlines, Duration.ofMinutes(1));
        AtomicBoolean sent = new AtomicBoolean();
        turns.ofReaders(
                5 << 20,
                () -> assertEquals(
                        503,
                        assertThrows(ProblemException.class, () -> turns.ofReaders(5 << 20, () -> sent.set(true)))
                                .problem()
                                .status()));
        assertFalse(sent.get());
        turns.ofReaders(5 << 20, () -> sent.set(true));
        assertTrue(sent.get());
    }
}
