package dev.bulkhead.cluster.leaderelection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Ticker;
import dev.bulkhead.cluster.SetClock;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two replicas whose wall clocks are set by the test, and time that passes for both alike. */
class ElectionTest {

    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final Duration DEADLINE = Duration.ofSeconds(4);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final class Replica {

        private final SetClock clock = new SetClock();
        private final LeaseFence fence;
        private final Election election;

        private Replica(String name) {
            fence = new LeaseFence(DEADLINE, ticker, clock);
            election = new Election(
                    server,
                    new ElectionSettings("bulkhead-system", "bulkhead", name, LEASE, DEADLINE, PERIOD),
                    fence,
                    ticker,
                    clock);
        }
    }

    private long ticks;
    private final Ticker ticker = new Ticker() {
        @Override
        public long read() {
            return ticks;
        }
    };

    private final TestLease server = new TestLease();
    private final Replica first = new Replica("first");
    private final Replica second = new Replica("second");

    private void pass(Duration time) {
        ticks += time.toNanos();
        first.clock.advance(time);
        second.clock.advance(time);
    }

    @Test
    void theFirstToAskLeadsAndTheOtherDoesNot() {
        assertFalse(first.fence.isOpen(), "nobody has led yet");
        assertTrue(first.election.tryToLead());
        assertFalse(second.election.tryToLead());
        assertTrue(first.fence.isOpen());
        assertFalse(second.fence.isOpen());
        assertEquals("first", second.election.leader());
    }

    @Test
    void aLeaderThatRenewsKeepsTheLeadWithOneRequestEachTime() {
        first.election.tryToLead();
        int before = server.requests;
        for (int i = 0; i < 60; i++) {
            pass(PERIOD);
            assertTrue(first.election.tryToLead());
        }
        assertEquals(60, server.requests - before);
        assertFalse(second.election.tryToLead());
        assertEquals(0, server.stored.orElseThrow().transitions());
    }

    @Test
    void f36_aCandidateWhoseClockIsHoursAheadWaitsAsLongAsAnyOther() {
        second.clock.advance(Duration.ofHours(3));
        first.election.tryToLead();
        assertFalse(second.election.tryToLead(), "by its clock the lease has expired for hours");
        pass(LEASE.minusMillis(1));
        assertFalse(second.election.tryToLead());
        assertEquals(Duration.ofMillis(1), second.election.untilFree());
        pass(Duration.ofMillis(1));
        assertTrue(second.election.tryToLead());
        assertEquals(1, server.stored.orElseThrow().transitions());
    }

    @Test
    void f36_aCandidateWhoseClockIsHoursBehindTakesOverFromADeadLeaderAllTheSame() {
        first.clock.advance(Duration.ofHours(3));
        first.election.tryToLead();
        assertFalse(second.election.tryToLead());
        pass(LEASE);
        assertTrue(second.election.tryToLead());
    }

    @Test
    void aReplicaThatIsFrozenMayNotWriteOnceItIsThawed() {
        first.election.tryToLead();
        second.election.tryToLead();
        pass(LEASE);
        assertTrue(second.election.tryToLead());
        assertFalse(first.fence.isOpen(), "it has noticed nothing yet");
        assertThrows(KubernetesClientException.class, first.election::tryToLead);
        assertFalse(first.election.tryToLead());
        assertFalse(first.fence.isOpen());
    }

    @Test
    void aMachineThatIsSuspendedWhileItsMonotonicClockStandsStillMayNotWriteEither() {
        first.election.tryToLead();
        first.clock.advance(LEASE);
        assertFalse(first.fence.isOpen());
        assertTrue(first.election.tryToLead(), "nobody else has taken it");
        assertTrue(first.fence.isOpen());
    }

    @Test
    void aClockThatIsSetBackKeepsNoFenceOpen() {
        first.election.tryToLead();
        first.clock.advance(Duration.ofHours(-1));
        assertTrue(first.fence.isOpen());
        pass(DEADLINE);
        assertFalse(first.fence.isOpen());
    }

    @Test
    void theFenceClosesBeforeAnybodyElseCanLeadHoweverLateTheAnswersAre() {
        first.election.tryToLead();
        server.arriving = () -> pass(Duration.ofMillis(1400));
        pass(PERIOD);
        assertTrue(first.election.tryToLead());
        pass(DEADLINE.minusMillis(1400));
        assertFalse(first.fence.isOpen(), "the renewal counts from when it was asked for");
    }

    @Test
    void aRenewalThatFailsIsTriedAgainAndOneWhoseAnswerWasLostIsRecognised() {
        first.election.tryToLead();
        pass(PERIOD);
        server.away = true;
        assertThrows(KubernetesClientException.class, first.election::tryToLead);
        assertTrue(first.fence.isOpen());
        server.away = false;
        server.answersAreLost = true;
        assertThrows(KubernetesClientException.class, first.election::tryToLead);
        server.answersAreLost = false;
        assertTrue(first.election.tryToLead());
        assertEquals(0, server.stored.orElseThrow().transitions());
    }

    @Test
    void f39_whatSomebodyWroteIntoTheLeaseOfALeaderTakesTheLeadFromNobody() {
        first.election.tryToLead();
        server.store(server.stored.orElseThrow());
        assertThrows(KubernetesClientException.class, first.election::tryToLead);
        assertTrue(first.election.tryToLead());
    }

    @Test
    void f39_aLeaseThatSomebodyDeletesIsMadeAgainByItsHolderAndTakenByNobodyElseMeanwhile() {
        first.election.tryToLead();
        second.election.tryToLead();
        server.stored = Optional.empty();
        assertFalse(second.election.tryToLead(), "the first may still write");
        assertThrows(KubernetesClientException.class, first.election::tryToLead);
        assertTrue(first.election.tryToLead());
        assertFalse(second.election.tryToLead());
        assertTrue(first.fence.isOpen());
    }

    @Test
    void f39_aLeaseThatWasDeletedIsTakenWhenItWouldHaveExpired() {
        first.election.tryToLead();
        second.election.tryToLead();
        server.stored = Optional.empty();
        pass(LEASE.minusMillis(1));
        assertFalse(second.election.tryToLead());
        pass(Duration.ofMillis(1));
        assertTrue(second.election.tryToLead());
        assertFalse(first.fence.isOpen());
    }

    @Test
    void aLeadThatIsGivenUpIsTakenAtOnce() {
        first.election.tryToLead();
        second.election.tryToLead();
        first.election.giveUp();
        assertEquals(Duration.ofSeconds(1), server.stored.orElseThrow().duration());
        assertTrue(second.election.tryToLead());
    }

    @Test
    void aLeadIsGivenUpAfterARenewalThatFailedToo() {
        first.election.tryToLead();
        server.away = true;
        assertThrows(KubernetesClientException.class, first.election::tryToLead);
        server.away = false;
        first.election.giveUp();
        assertTrue(second.election.tryToLead());
    }

    @Test
    void whoDoesNotLeadGivesNothingUp() {
        first.election.tryToLead();
        second.election.tryToLead();
        second.election.giveUp();
        assertEquals("first", server.stored.orElseThrow().holder());
    }

    @Test
    void aFenceThatWasClosedStaysClosed() {
        first.election.tryToLead();
        first.fence.close();
        first.election.tryToLead();
        assertFalse(first.fence.isOpen());
    }
}
