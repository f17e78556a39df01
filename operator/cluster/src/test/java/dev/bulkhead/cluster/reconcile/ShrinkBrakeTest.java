package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.cluster.SetClock;
import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.cluster.inventory.Revision;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkBrakeTest {

    private static final List<String> NAMESPACES = List.of("a", "b", "c");

    private final SetClock clock = new SetClock();
    private final SetTicker ticker = new SetTicker();
    private final FakeReads reads = new FakeReads();
    private final ShrinkBrake brake = new ShrinkBrake(new SecondRead(reads, clock, ticker), clock, ticker);
    private final TestCluster cluster = new TestCluster();

    ShrinkBrakeTest() {
        for (String namespace : NAMESPACES) {
            cluster.namespace(namespace);
            cluster.live(peers(namespace, 10));
        }
        // What a second read shows differs from what is known: whoever asks for one is refused.
        reads.segments = Map.of("town", new Revision("uid", 1));
    }

    @Test
    void aLittleIsTakenAwayWithoutASecondRead() {
        assertEquals(Optional.empty(), check("a", 5));
    }

    @Test
    void muchIsNotTakenAwayUnlessASecondReadAgrees() {
        assertDisagrees(check("a", 6));
        reads.segments = Map.of();
        assertEquals(Optional.empty(), check("a", 6));
    }

    @Test
    void passesThatRunAtTheSameTimeCountTogether() {
        assertEquals(Optional.empty(), check("a", 3));
        assertDisagrees(check("b", 3));
    }

    @Test
    void whatAPassDidNotTakeAwayAfterAllDoesNotCount() {
        assertEquals(Optional.empty(), check("a", 3));
        passed("a", 0);
        assertEquals(Optional.empty(), check("b", 3));
    }

    @Test
    void whatAFailedPassTookAwayCounts() {
        assertEquals(Optional.empty(), check("a", 3));
        passed("a", 3);
        assertDisagrees(check("b", 3));
    }

    @Test
    void afterAMinuteItIsForgottenWhateverTheWallClockSays() {
        assertEquals(Optional.empty(), check("a", 5));
        passed("a", 5);
        clock.advance(Duration.ofHours(3));
        assertDisagrees(check("b", 3));
        passed("b", 0);
        clock.advance(Duration.ofHours(-6));
        ticker.advance(Duration.ofSeconds(61));
        assertEquals(Optional.empty(), check("b", 3));
    }

    @Test
    void whatGrowsFirstAndLosesMuchIsLookedAtToo() {
        assertDisagrees(brake.check(cluster.proposal(
                "a", peers("a", 1), TestCluster.allow("a", "other", Direction.EGRESS, "x", "peer-7"))));
    }

    @Test
    void whileADefinitionIsMissingNothingIsTakenAway() {
        for (String definition :
                List.of("accessintents.bulkhead.dev", "segments.bulkhead.dev", "wellknownpeers.bulkhead.dev")) {
            reads.missing = definition;
            assertEquals(
                    "the definition " + definition
                            + " is not found: that is not taken for the withdrawal of what was declared",
                    check("a", 1).orElseThrow().reason());
        }
    }

    @Test
    void oneThatCameBackHasTenMinutesForItsObjectsToFollow() {
        reads.defined = clock.instant().minus(Duration.ofMinutes(1));
        assertHeld(check("a", 1));
        clock.advance(Duration.ofMinutes(9));
        assertEquals(Optional.empty(), check("a", 1));
    }

    @Test
    void aWallClockThatIsSetBackHoldsNothingForLongerThanThat() {
        reads.defined = clock.instant().minus(Duration.ofMinutes(1));
        clock.advance(Duration.ofHours(-5));
        assertHeld(check("a", 1));
        ticker.advance(Duration.ofMinutes(10));
        assertEquals(Optional.empty(), check("a", 1));
    }

    @Test
    void aDefinitionThatIsReplacedWhileTheWallClockIsAheadHasItsTimeAllTheSame() {
        // An older one is known, since something was taken away before.
        Instant first = Instant.parse(TestCluster.CREATED).plus(Duration.ofDays(1));
        reads.defined = first;
        assertEquals(Optional.empty(), check("a", 1));
        reads.defined = clock.instant();
        clock.advance(Duration.ofHours(5));
        assertHeld(check("a", 1));
        ticker.advance(Duration.ofMinutes(10));
        assertEquals(Optional.empty(), check("a", 1));
    }

    private static void assertDisagrees(Optional<Hold> hold) {
        assertTrue(hold.orElseThrow().stopsAll());
        assertTrue(hold.get().again().isPresent());
    }

    private static void assertHeld(Optional<Hold> hold) {
        assertTrue(hold.orElseThrow().stopsAll());
        assertTrue(hold.get().again().isEmpty());
    }

    private Optional<Hold> check(String namespace, int lost) {
        return brake.check(proposal(namespace, lost));
    }

    private void passed(String namespace, int lost) {
        Proposal proposal = proposal(namespace, lost);
        brake.passed(proposal, proposal.plan().writes());
    }

    private Proposal proposal(String namespace, int lost) {
        return cluster.proposal(namespace, peers(namespace, 10 - lost));
    }

    private static NetworkPolicy peers(String namespace, int count) {
        return TestCluster.allow(
                namespace,
                "checkout",
                Direction.EGRESS,
                IntStream.range(0, count).mapToObj(n -> "peer-" + n).toArray(String[]::new));
    }
}
