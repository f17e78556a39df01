package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.cluster.SetClock;
import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.cluster.inventory.Revision;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MassRemovalBrakeTest {

    private final SetClock clock = new SetClock();
    private final SetTicker ticker = new SetTicker();
    private final FakeReads reads = new FakeReads();
    private final Set<NetworkPolicy.Key> changedByOthers = new HashSet<>();
    private final List<String> readAnew = new ArrayList<>();
    private final MassRemovalBrake brake = new MassRemovalBrake(
            new SecondRead(reads, clock, ticker), changedByOthers::contains, readAnew::add, clock, ticker);
    private final TestCluster cluster =
            new TestCluster().namespace("a", "b").live(TestCluster.isolating("a", Direction.EGRESS), peers("a", 10));

    /** The namespaces were looked at before. */
    @BeforeEach
    void know() {
        brake.check(cluster.proposal("a", TestCluster.isolating("a", Direction.EGRESS), peers("a", 10)));
        brake.check(cluster.proposal("b"));
    }

    @Test
    void nothingIsTakenAwayUnlessASecondReadAgrees() {
        disagree();
        assertDisagrees(check("a", 1));
        agree();
        assertEquals(Optional.empty(), check("a", 1));
    }

    @Test
    void whatGrowsAndLosesIsLookedAtToo() {
        disagree();
        assertDisagrees(brake.check(cluster.proposal(
                "a",
                TestCluster.isolating("a", Direction.EGRESS),
                peers("a", 9),
                TestCluster.allow("a", "other", Direction.EGRESS, "x"))));
    }

    @Test
    void whatIsolatesPodsTakesAwayWhatTheyReached() {
        disagree();
        assertDisagrees(brake.check(cluster.proposal("b", TestCluster.isolating("b", Direction.INGRESS))));
    }

    @Test
    void growthThatFollowsFromADeclarationTakesNoRead() {
        disagree();
        assertEquals(Optional.empty(), brake.check(grown()));
        assertEquals(0, reads.lists);
    }

    @Test
    void whatIsWrittenFirstAfterTheStartNeedsOneThatAgrees() {
        MassRemovalBrake started = new MassRemovalBrake(
                new SecondRead(reads, clock, ticker), changedByOthers::contains, readAnew::add, clock, ticker);
        disagree();
        assertDisagrees(started.check(grown()));
        agree();
        assertEquals(Optional.empty(), started.check(grown()));
        disagree();
        assertEquals(Optional.empty(), started.check(grown()), "from then on it is known");
    }

    @Test
    void growthThatPutsRightWhatSomebodyElseChangedNeedsOneThatAgrees() {
        changedByOthers.add(peers("a", 11).key());
        disagree();
        assertDisagrees(brake.check(grown()));
        agree();
        assertEquals(Optional.empty(), brake.check(grown()));
    }

    @Test
    void whatOnlyPutsRightIsNotHeldWhereNothingCanBeRead() {
        NetworkPolicy baseline = TestCluster.isolating("b", Direction.INGRESS);
        reads.failure = Optional.of(new KubernetesClientException("busy", 503, null));
        assertHeld(brake.check(cluster.proposal("b", baseline)));
        changedByOthers.add(baseline.key());
        assertEquals(Optional.empty(), brake.check(cluster.proposal("b", baseline)));
        assertHeld(check("a", 1));
    }

    /** JOSDK's retries would be up to a minute apart by the time the API server is back. */
    @Test
    void f13_aWithdrawalThatNoApiServerCanConfirmIsLookedAtAgainWithinSecondsHoweverLongThatLasts() {
        reads.failure = Optional.of(new KubernetesClientException("no answer", new ConnectException("refused")));
        for (int attempt = 0; attempt < 100; attempt++) {
            Hold hold = check("a", 1).orElseThrow();
            assertTrue(hold.stopsAll());
            assertTrue(hold.shown());
            Duration pause = hold.again().orElseThrow();
            assertTrue(pause.compareTo(Outage.SHORTEST_PAUSE) >= 0, pause.toString());
            assertTrue(pause.compareTo(Outage.LONGEST_PAUSE) <= 0, pause.toString());
            ticker.advance(pause);
        }
    }

    @Test
    void aDisagreementIsToldOnlyWhenItLasts() {
        disagree();
        assertFalse(check("a", 1).orElseThrow().shown());
        ticker.advance(Duration.ofSeconds(4));
        assertFalse(check("a", 1).orElseThrow().shown());
        ticker.advance(Duration.ofSeconds(1));
        assertTrue(check("a", 1).orElseThrow().shown());
        agree();
        check("a", 1);
        disagree();
        assertFalse(check("a", 1).orElseThrow().shown(), "it is another one");
    }

    @Test
    void oneThatLastsIsLookedAtEverMoreSeldom() {
        disagree();
        assertEquals(
                Optional.of(Duration.ofMillis(200)), check("a", 1).orElseThrow().again());
        ticker.advance(Duration.ofSeconds(10));
        assertEquals(
                Optional.of(Duration.ofSeconds(10)), check("a", 1).orElseThrow().again());
        ticker.advance(Duration.ofHours(1));
        assertEquals(
                Optional.of(Duration.ofMinutes(1)), check("a", 1).orElseThrow().again());
    }

    @Test
    void theKindThatLastsToDifferIsReadAnewSinceItsWatchMayHaveLostSomething() {
        disagree();
        check("a", 1);
        assertEquals(List.of(), readAnew);
        ticker.advance(Duration.ofSeconds(5));
        check("a", 1);
        check("a", 1);
        assertEquals(List.of("Segment"), readAnew);
        ticker.advance(Duration.ofMinutes(1));
        check("a", 1);
        assertEquals(List.of("Segment", "Segment"), readAnew);
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

    /** What a second read shows differs from what is known. */
    private void disagree() {
        reads.segments = Map.of("town", new Revision("uid", 1));
    }

    private void agree() {
        reads.segments = Map.of();
    }

    private Optional<Hold> check(String namespace, int lost) {
        return brake.check(cluster.proposal(
                namespace, TestCluster.isolating(namespace, Direction.EGRESS), peers(namespace, 10 - lost)));
    }

    private ProposedWrites grown() {
        return cluster.proposal("a", TestCluster.isolating("a", Direction.EGRESS), peers("a", 11));
    }

    private static NetworkPolicy peers(String namespace, int count) {
        return TestCluster.allow(
                namespace,
                "checkout",
                Direction.EGRESS,
                IntStream.range(0, count).mapToObj(n -> "peer-" + n).toArray(String[]::new));
    }
}
