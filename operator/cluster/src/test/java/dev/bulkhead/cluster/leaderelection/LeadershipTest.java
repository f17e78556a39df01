package dev.bulkhead.cluster.leaderelection;

import static com.google.common.util.concurrent.Uninterruptibles.awaitUninterruptibly;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Ticker;
import dev.bulkhead.cluster.SetClock;
import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.cluster.log.RecordedLog;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One replica in a time that passes only between its requests, or with them where they are late. */
class LeadershipTest {

    private static final Duration LEASE = Duration.ofMillis(6100);
    private static final Duration DEADLINE = Duration.ofSeconds(4);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration END = Duration.ofSeconds(10);
    private static final ElectionSettings SETTINGS =
            new ElectionSettings("bulkhead-system", "bulkhead", "first", LEASE, DEADLINE, PERIOD);

    private final SetTicker ticker = new SetTicker();
    private final SetClock clock = new SetClock();
    private final TestLease lease = new TestLease();
    private final RecordedLog log = new RecordedLog(Leadership.class);
    /** What happens at which time. */
    private final SortedMap<Duration, Runnable> events = new TreeMap<>();
    /** When each request was sent. */
    private final List<Long> requests = new ArrayList<>();
    /** When the lead was gained, and lost. */
    private final List<String> told = new ArrayList<>();

    private final Leadership leadership = new Leadership(
            lease,
            SETTINGS,
            () -> told.add("gained at " + now().toMillis()),
            () -> told.add("lost at " + now().toMillis()),
            ticker,
            clock,
            (closing, pause) -> {
                pass(pause);
                return now().compareTo(END) >= 0 || closing.getCount() == 0;
            });

    LeadershipTest() {
        lease.arriving = () -> requests.add(now().toMillis());
    }

    @AfterEach
    void close() {
        log.close();
    }

    private Duration now() {
        return Duration.ofNanos(ticker.read());
    }

    private void pass(Duration time) {
        ticker.advance(time);
        clock.advance(time);
        while (!events.isEmpty() && events.firstKey().compareTo(now()) <= 0) {
            events.remove(events.firstKey()).run();
        }
    }

    private void lateBy(Duration delay) {
        lease.arriving = () -> {
            requests.add(now().toMillis());
            pass(delay);
        };
    }

    private void at(long millis, Runnable event) {
        events.put(Duration.ofMillis(millis), event);
    }

    private void store(String holder) {
        lease.store(new LeaseRecord(holder, LEASE, clock.instant(), clock.instant(), 1, ""));
    }

    private String holder() {
        return lease.stored.orElseThrow().holder();
    }

    private static List<Long> every(long period, long from, long until) {
        List<Long> times = new ArrayList<>();
        for (long time = from; time < until; time += period) {
            times.add(time);
        }
        return times;
    }

    @Test
    void aReplicaThatIsAloneLeadsAtOnceAndIsToldOnce() {
        leadership.takePart();
        assertEquals(List.of("gained at 0"), told);
        assertTrue(leadership.fence().isOpen());
        assertEquals("first", holder());
        assertEquals(List.of("INFO Leader elected leader=first"), log.lines());
    }

    @Test
    void aLeaderRenewsOnceInEachPeriodHoweverLateTheAnswersAre() {
        store("");
        lateBy(Duration.ofMillis(300));
        leadership.takePart();
        // The first time it reads the lease, too.
        assertEquals(List.of(0L, 300L), requests.subList(0, 2));
        assertEquals(every(1000, 1000, 10_000), requests.subList(2, requests.size()));
    }

    @Test
    void answersThatTakeLongerThanAPeriodAreFollowedByAPauseAllTheSame() {
        lateBy(Duration.ofMillis(990));
        leadership.takePart();
        assertEquals(every(1040, 2030, 10_000), requests.subList(2, requests.size()));
    }

    @Test
    void whileAnotherLeadsItLooksMoreOftenThanThatOneRenews() {
        store("other");
        at(5000, () -> store("other"));
        leadership.takePart();
        assertEquals(every(250, 0, 10_000), requests);
        assertEquals(List.of(), told);
        assertFalse(leadership.fence().isOpen());
        assertEquals(List.of("INFO Leader elected leader=other"), log.lines());
    }

    /** What it has lost by one clock it does not win back by another. */
    @Test
    void aLeadThatIsLostIsNotHadAgainWhenTheWallClockIsSetBack() {
        at(500, () -> {
            clock.advance(Duration.ofHours(1));
            lease.arriving = () -> {
                throw new IllegalStateException("away");
            };
        });
        leadership.takePart();
        clock.advance(Duration.ofHours(-1));

        assertEquals(List.of("gained at 0", "lost at 1000"), told);
        assertFalse(leadership.fence().isOpen());
    }

    @Test
    void aLeadThatIsNotRenewedIsTakenInTheMomentInWhichItExpires() {
        store("other");
        leadership.takePart();
        assertEquals(List.of("gained at 6100"), told);
        assertEquals("first", holder());
        assertEquals(List.of("INFO Leader elected leader=other", "INFO Leader elected leader=first"), log.lines());
    }

    @Test
    void aLeadThatIsGivenUpIsTakenAtTheNextLook() {
        store("other");
        at(3100, () -> store(""));
        leadership.takePart();
        assertEquals(List.of("gained at 3250"), told);
    }

    @Test
    void f38_aLeaderThatCannotRenewStepsDownBeforeOthersTakeOverAndComesBackNoMore() {
        at(2500, () -> lease.away = true);
        at(8000, () -> lease.away = false);
        leadership.takePart();
        // The last renewal was asked for after two seconds.
        assertEquals(List.of("gained at 0", "lost at 6000"), told);
        assertFalse(leadership.fence().isOpen());
        assertEquals(Duration.ofSeconds(6), now(), "it does not take part any longer");
    }

    @Test
    void anOutageThatIsShorterThanTheDeadlineCostsNothing() {
        at(2500, () -> lease.away = true);
        at(5600, () -> lease.away = false);
        leadership.takePart();
        assertEquals(List.of("gained at 0"), told);
        assertTrue(leadership.fence().isOpen());
        assertTrue(requests.containsAll(List.of(3000L, 3250L, 3500L, 5750L, 6750L)), requests.toString());
        assertEquals(List.of("INFO Leader elected leader=first"), log.lines());
    }

    @Test
    void anAnswerThatNobodyUnderstandsIsAnOutageLikeAnyOther() {
        at(
                2500,
                () -> lease.arriving = () -> {
                    throw new IllegalArgumentException("not a Lease");
                });
        leadership.takePart();
        assertEquals(List.of("gained at 0", "lost at 6000"), told);
        leadership.close();
        assertTrue(lease.closed);
    }

    @Test
    void aLeaderWhoseLeaseAnotherHasTakenStepsDownAtOnce() {
        at(2500, () -> store("other"));
        leadership.takePart();
        // The first answer says no more than that the lease is not what it was.
        assertEquals(List.of("gained at 0", "lost at 3250"), told);
        assertFalse(leadership.fence().isOpen());
        assertEquals("other", holder());
    }

    @Test
    void closingGivesTheLeadUp() {
        leadership.takePart();
        leadership.close();
        assertEquals("", holder());
        assertFalse(leadership.fence().isOpen());
        assertTrue(lease.closed);
        assertEquals(List.of("gained at 0"), told, "nobody is told that it is lost");
        assertEquals(List.of("INFO Leader elected leader=first", "INFO Lead given up"), log.lines());
    }

    @Test
    void closingEndsTheElection() {
        at(2500, leadership::close);
        leadership.takePart();
        assertEquals(Duration.ofSeconds(3), now());
        assertEquals(List.of("gained at 0"), told);
        assertEquals("", holder());
    }

    @Test
    void whoDoesNotLeadGivesNothingUp() {
        store("other");
        at(5000, () -> store("other"));
        leadership.takePart();
        int asked = lease.requests;
        leadership.close();
        assertEquals("other", holder());
        assertEquals(asked, lease.requests);
        assertTrue(lease.closed);
    }

    @Test
    void norDoesWhoHasLostTheLead() {
        at(2500, () -> store("other"));
        leadership.takePart();
        int asked = lease.requests;
        leadership.close();
        assertEquals(asked, lease.requests);
        assertFalse(log.lines().contains("INFO Lead given up"));
    }

    @Test
    void aLeadThatCannotBeGivenUpExpires() {
        leadership.takePart();
        lease.away = true;
        leadership.close();
        assertTrue(lease.closed);
        assertEquals(
                List.of(
                        "INFO Leader elected leader=first",
                        "WARN Lease not released error=KubernetesClientException: no answer"),
                log.lines());
    }

    @Test
    void aLeadIsGivenUpAlsoIfARenewalIsUnderWay() throws InterruptedException {
        CountDownLatch renewal = new CountDownLatch(1);
        CountDownLatch gained = new CountDownLatch(1);
        CountDownLatch lost = new CountDownLatch(1);
        Leadership real = new Leadership(
                lease,
                new ElectionSettings(
                        "bulkhead-system",
                        "bulkhead",
                        "first",
                        Duration.ofHours(2),
                        Duration.ofHours(1),
                        Duration.ofMillis(10)),
                gained::countDown,
                lost::countDown,
                Ticker.systemTicker(),
                clock,
                (closing, pause) -> closing.await(pause.toNanos(), TimeUnit.NANOSECONDS));
        lease.arriving = () -> {
            if (gained.getCount() == 0 && renewal.getCount() > 0) {
                renewal.countDown();
                while (real.fence().isOpen()) {
                    Thread.onSpinWait();
                }
            }
        };
        real.join();
        assertTrue(renewal.await(1, TimeUnit.MINUTES));
        real.close();
        assertEquals("", holder());
        assertEquals(1, lost.getCount());
    }

    @Test
    void whoeverInterruptsTheElectionFindsTheThreadInterrupted() {
        Leadership interrupted =
                new Leadership(lease, SETTINGS, () -> {}, () -> {}, ticker, clock, (closing, pause) -> {
                    throw new InterruptedException();
                });
        interrupted.takePart();
        assertTrue(Thread.interrupted());
        assertEquals(0, lease.requests);
    }

    @Test
    void aLeadExpiresWhereNobodyHasTheTimeToGiveItUp() throws InterruptedException {
        CountDownLatch gained = new CountDownLatch(1);
        CountDownLatch renewal = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Leadership real = new Leadership(
                lease,
                SETTINGS,
                gained::countDown,
                () -> {},
                Ticker.systemTicker(),
                clock,
                (closing, pause) -> closing.getCount() == 0);
        lease.arriving = () -> {
            if (gained.getCount() == 0) {
                renewal.countDown();
                awaitUninterruptibly(answer);
            }
        };
        real.join();
        assertTrue(renewal.await(1, TimeUnit.MINUTES));
        Thread.currentThread().interrupt();
        real.close();
        assertTrue(Thread.interrupted());
        assertTrue(lease.closed);
        assertEquals("first", holder());
        answer.countDown();
    }

    @Test
    void anApiServerHasTheLeaseOfWhoLeadsAndNobodysAfterwards() throws Exception {
        BlockingQueue<Thread> gained = new LinkedBlockingQueue<>();
        try (LeaseServer server = new LeaseServer();
                KubernetesClient client = server.client()) {
            Leadership real =
                    new Leadership(client, SETTINGS, () -> gained.add(Thread.currentThread()), () -> told.add("lost"));
            real.join();
            Thread election =
                    Optional.ofNullable(gained.poll(1, TimeUnit.MINUTES)).orElseThrow();
            assertTrue(election.isDaemon(), "it keeps no process alive");
            assertEquals("first", server.holder());
            assertTrue(real.fence().isOpen());
            real.close();
            election.join(TimeUnit.MINUTES.toMillis(1));
            assertFalse(election.isAlive());
            assertEquals("", server.holder());
            assertEquals(List.of(), told);
        }
    }

    @Test
    void whoeverWaitsForTheLeadWaitsNoLongerOnceItIsClosed() throws Exception {
        try (LeaseServer server = new LeaseServer();
                KubernetesClient client = server.client()) {
            server.store(new LeaseBuilder()
                    .withNewMetadata()
                    .withNamespace("bulkhead-system")
                    .withName("bulkhead")
                    .endMetadata()
                    .withNewSpec()
                    .withHolderIdentity("other")
                    .withLeaseDurationSeconds(3600)
                    .endSpec()
                    .build());
            Leadership real = new Leadership(client, SETTINGS, () -> told.add("gained"), () -> told.add("lost"));
            real.join();
            assertTrue(server.asked.await(1, TimeUnit.MINUTES));
            real.close();
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals("bulkhead-election")) {
                    thread.join(TimeUnit.SECONDS.toMillis(30));
                    assertFalse(thread.isAlive());
                }
            }
            assertEquals("other", server.holder());
            assertEquals(List.of(), told);
        }
    }
}
