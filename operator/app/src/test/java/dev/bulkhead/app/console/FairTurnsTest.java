package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets a turn, and in which order. */
class FairTurnsTest {

    private static final Duration NO_PATIENCE = Duration.ZERO;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final FairTurns turns = new FairTurns(2);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> served = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aSecondTurnOfOneUserIsNotGivenEvenWhereOneIsFree() throws InterruptedException {
        assertTrue(turns.take("greedy", NO_PATIENCE));
        assertFalse(turns.take("greedy", NO_PATIENCE));
        assertTrue(turns.take("other", NO_PATIENCE));
        assertFalse(turns.take("third", NO_PATIENCE), "both are taken");
        turns.giveBack("greedy");
        assertTrue(turns.take("third", NO_PATIENCE));
        assertEquals(0, turns.waiting(), "whoever has given up waits no longer");
    }

    /** Two users who ask again and again, and a third one who comes when both have a turn. */
    @Test
    void whoeverComesLastIsNextBeforeThoseWhoHaveJustHadOne() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        assertTrue(turns.take("greedy-1", NO_PATIENCE));
        assertTrue(turns.take("greedy-2", NO_PATIENCE));
        List<Future<?>> waiting = new ArrayList<>();
        for (String user : List.of("greedy-1", "greedy-1", "greedy-2", "greedy-2", "late")) {
            int before = turns.waiting();
            waiting.add(threads.submit(() -> {
                assertTrue(turns.take(user, PATIENCE));
                served.add(user);
                end.await();
                turns.giveBack(user);
                return user;
            }));
            Await.until(user + " waits", PATIENCE, () -> turns.waiting() > before);
        }
        turns.giveBack("greedy-1");
        Await.until("somebody is served", PATIENCE, () -> !served.isEmpty());
        assertEquals(List.of("late"), List.copyOf(served));
        turns.giveBack("greedy-2");
        end.countDown();
        for (Future<?> one : waiting) {
            one.get();
        }
        assertEquals(5, served.size());
        assertEquals(0, turns.waiting());
    }
}
