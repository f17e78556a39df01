package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.cluster.SetClock;
import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.Revision;
import dev.bulkhead.core.compile.Dependencies;
import dev.bulkhead.core.compile.Dependency;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.world.Direction;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SecondReadTest {

    private static final int MEMBERS = 50;

    private final FakeReads reads = new FakeReads();
    private final SetTicker ticker = new SetTicker();
    private final SecondRead secondRead = new SecondRead(new SharedReads(reads, ticker), new SetClock(), ticker);
    private final String[] members =
            IntStream.range(0, MEMBERS).mapToObj(n -> "member-" + n).toArray(String[]::new);
    private final TestCluster cluster = new TestCluster().namespace(members);

    @Test
    void whoeverDependsOnTheIntentsOfManyNamespacesSharesTheirReads() {
        InventorySnapshot snapshot = segment(DeclaredSegment.TrustBoundary.SEGMENT);
        for (int i = 0; i < MEMBERS; i++) {
            secondRead.requireAgreement(snapshot, onAll());
        }
        assertEquals(4, reads.lists);
    }

    @Test
    void theIntentsMatterOfAllNamespacesOnWhichTheConclusionDepends() {
        InventorySnapshot snapshot = segment(DeclaredSegment.TrustBoundary.SEGMENT);
        reads.intents.put("member-7", Map.of("checkout", new Revision("uid", 1)));
        DisagreementException disagreement =
                assertThrows(DisagreementException.class, () -> secondRead.requireAgreement(snapshot, onAll()));
        assertTrue(disagreement.getMessage().contains("member-7"));
        assertEquals("AccessIntent", disagreement.kind());
    }

    @Test
    void othersDoNot() {
        InventorySnapshot snapshot = segment(DeclaredSegment.TrustBoundary.NAMESPACE);
        reads.intents.put("member-7", Map.of("checkout", new Revision("uid", 1)));
        secondRead.requireAgreement(snapshot, on(new Dependency.Intents("member-3")));
        secondRead.requireAgreement(snapshot, on(new Dependency.Place("member-7")));
        Dependencies itself = on(new Dependency.Intents("member-7"));
        assertThrows(DisagreementException.class, () -> secondRead.requireAgreement(snapshot, itself));
    }

    @Test
    void segmentsAlwaysMatter() {
        InventorySnapshot snapshot = segment(DeclaredSegment.TrustBoundary.NAMESPACE);
        reads.segments = Map.of("town", new Revision("uid", 2));
        assertThrows(DisagreementException.class, () -> secondRead.requireAgreement(snapshot, Dependencies.none()));
    }

    @Test
    void oneThatDoesNotDecodeIsNoDisagreement() {
        cluster.unreadableIntent("member-3", "broken");
        reads.intents.put("member-3", Map.of("broken", new Revision("uid", 1)));
        secondRead.requireAgreement(
                segment(DeclaredSegment.TrustBoundary.NAMESPACE), on(new Dependency.Intents("member-3")));
    }

    @Test
    void norIsOneThatIsBeingDeletedOnceThatIsKnown() {
        reads.intents.put("member-3", Map.of("ending", new Revision("uid", 2)));
        InventorySnapshot before = segment(DeclaredSegment.TrustBoundary.NAMESPACE);
        Dependencies itself = on(new Dependency.Intents("member-3"));
        assertThrows(DisagreementException.class, () -> secondRead.requireAgreement(before, itself));
        cluster.withdrawnIntent("member-3", "ending");
        secondRead.requireAgreement(segment(DeclaredSegment.TrustBoundary.NAMESPACE), itself);
    }

    @Test
    void norIsOneThatIsGoneAndHasToBeReckonedWith() {
        cluster.lostGuardrail("no");
        secondRead.requireAgreement(
                segment(DeclaredSegment.TrustBoundary.NAMESPACE), on(Dependency.ClusterWide.GUARDRAILS));
    }

    @Test
    void sharedAnswersAreNotOlderThanASecond() {
        InventorySnapshot snapshot = segment(DeclaredSegment.TrustBoundary.SEGMENT);
        secondRead.requireAgreement(snapshot, onAll());
        reads.segments = Map.of();
        ticker.advance(java.time.Duration.ofSeconds(1));
        assertThrows(DisagreementException.class, () -> secondRead.requireAgreement(snapshot, onAll()));
    }

    private static Dependencies onAll() {
        return on(
                new Dependency.SaidByMembers("town"),
                Dependency.ClusterWide.GUARDRAILS,
                Dependency.ClusterWide.WELL_KNOWN_PEERS);
    }

    private static Dependencies on(Dependency... some) {
        return new Dependencies(ImmutableSet.copyOf(some), ImmutableSet.of());
    }

    private InventorySnapshot segment(DeclaredSegment.TrustBoundary boundary) {
        cluster.segment("town", Set.of(Direction.values()), boundary, members);
        reads.segments = Map.of("town", new Revision("uid", 1));
        return cluster.snapshot();
    }
}
