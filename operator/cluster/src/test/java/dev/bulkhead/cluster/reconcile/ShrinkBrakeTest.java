package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.SetClock;
import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.cluster.inventory.Revision;
import dev.bulkhead.cluster.inventory.Snapshot;
import dev.bulkhead.core.plan.Plan;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
            cluster.live(wide(namespace));
        }
        // What a second read shows differs from what is known: whoever asks for one is refused.
        reads.segments = Map.of("town", new Revision("uid", 1));
    }

    @Test
    void aLittleIsTakenAwayWithoutASecondRead() {
        assertDoesNotThrow(() -> check("a", narrowed("a", 5)));
    }

    @Test
    void muchIsNotTakenAwayUnlessASecondReadAgrees() {
        assertThrows(DisagreementException.class, () -> check("a", narrowed("a", 6)));
        reads.segments = Map.of();
        assertDoesNotThrow(() -> check("a", narrowed("a", 6)));
    }

    @Test
    void passesThatRunAtTheSameTimeCountTogether() {
        check("a", narrowed("a", 3));
        assertThrows(DisagreementException.class, () -> check("b", narrowed("b", 3)));
    }

    @Test
    void whatAPassDidNotTakeAwayAfterAllDoesNotCount() {
        check("a", narrowed("a", 3));
        brake.done(snapshot(), "a", List.of());
        assertDoesNotThrow(() -> check("b", narrowed("b", 3)));
    }

    @Test
    void whatAFailedPassTookAwayCounts() {
        check("a", narrowed("a", 3));
        brake.done(snapshot(), "a", List.of(narrowed("a", 3)));
        assertThrows(DisagreementException.class, () -> check("b", narrowed("b", 3)));
    }

    @Test
    void afterAMinuteItIsForgottenWhateverTheWallClockSays() {
        check("a", narrowed("a", 5));
        brake.done(snapshot(), "a", List.of(narrowed("a", 5)));
        clock.advance(Duration.ofHours(3));
        assertThrows(DisagreementException.class, () -> check("b", narrowed("b", 3)));
        brake.done(snapshot(), "b", List.of());
        clock.advance(Duration.ofHours(-6));
        ticker.advance(Duration.ofSeconds(61));
        assertDoesNotThrow(() -> check("b", narrowed("b", 3)));
    }

    @Test
    void whatGrowsFirstAndLosesMuchIsLookedAtToo() {
        Write grown = new Write.Create(TestCluster.allow("a", "other", Direction.EGRESS, "x"));
        assertThrows(DisagreementException.class, () -> check("a", grown, narrowed("a", 9)));
    }

    @Test
    void whileADefinitionIsMissingNothingIsTakenAway() {
        for (String definition :
                List.of("accessintents.bulkhead.dev", "segments.bulkhead.dev", "wellknownpeers.bulkhead.dev")) {
            reads.missing = definition;
            HeldException held = assertThrows(HeldException.class, () -> check("a", narrowed("a", 1)));
            assertEquals(
                    "the definition " + definition
                            + " is not found: that is not taken for the withdrawal of what was declared",
                    held.getMessage());
        }
    }

    @Test
    void oneThatCameBackHasTenMinutesForItsObjectsToFollow() {
        reads.defined = clock.instant().minus(Duration.ofMinutes(1));
        assertThrows(HeldException.class, () -> check("a", narrowed("a", 1)));
        clock.advance(Duration.ofMinutes(9));
        assertDoesNotThrow(() -> check("a", narrowed("a", 1)));
    }

    @Test
    void aWallClockThatIsSetBackHoldsNothingForLongerThanThat() {
        reads.defined = clock.instant().minus(Duration.ofMinutes(1));
        clock.advance(Duration.ofHours(-5));
        assertThrows(HeldException.class, () -> check("a", narrowed("a", 1)));
        ticker.advance(Duration.ofMinutes(10));
        assertDoesNotThrow(() -> check("a", narrowed("a", 1)));
    }

    @Test
    void aDefinitionThatIsReplacedWhileTheWallClockIsAheadHasItsTimeAllTheSame() {
        // An older one is known, since something was taken away before.
        Instant first = Instant.parse(TestCluster.CREATED).plus(Duration.ofDays(1));
        reads.defined = first;
        check("a", narrowed("a", 1));
        reads.defined = clock.instant();
        clock.advance(Duration.ofHours(5));
        assertThrows(HeldException.class, () -> check("a", narrowed("a", 1)));
        ticker.advance(Duration.ofMinutes(10));
        assertDoesNotThrow(() -> check("a", narrowed("a", 1)));
    }

    private Snapshot snapshot() {
        return cluster.snapshot();
    }

    private void check(String namespace, Write... writes) {
        brake.check(
                snapshot(),
                namespace,
                new Plan(
                        ImmutableList.copyOf(writes),
                        0,
                        ImmutableSortedSet.of(),
                        ImmutableSortedMap.of(),
                        ImmutableList.of()));
    }

    private static NetworkPolicy wide(String namespace) {
        return peers(namespace, 10);
    }

    private static Write narrowed(String namespace, int lost) {
        return new Write.Update(peers(namespace, 10 - lost));
    }

    private static NetworkPolicy peers(String namespace, int count) {
        return TestCluster.allow(
                namespace,
                "checkout",
                Direction.EGRESS,
                IntStream.range(0, count).mapToObj(n -> "peer-" + n).toArray(String[]::new));
    }
}
