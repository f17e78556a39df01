package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.cluster.SetClock;
import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.cluster.inventory.Revision;
import dev.bulkhead.cluster.inventory.Snapshot;
import dev.bulkhead.core.intent.Segment;
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
    void theMembersOfATrustBoundaryShareTheirReads() {
        Snapshot snapshot = segment(Segment.TrustBoundary.SEGMENT);
        for (String member : members) {
            secondRead.requireAgreement(snapshot, member);
        }
        assertEquals(4, reads.lists);
    }

    @Test
    void withinATrustBoundaryTheIntentsOfTheOtherMembersMatter() {
        Snapshot snapshot = segment(Segment.TrustBoundary.SEGMENT);
        reads.intents.put("member-7", Map.of("checkout", new Revision("uid", 1)));
        DisagreementException disagreement =
                assertThrows(DisagreementException.class, () -> secondRead.requireAgreement(snapshot, "member-3"));
        assertTrue(disagreement.getMessage().contains("member-7"));
    }

    @Test
    void elsewhereTheyDoNot() {
        Snapshot snapshot = segment(Segment.TrustBoundary.NAMESPACE);
        reads.intents.put("member-7", Map.of("checkout", new Revision("uid", 1)));
        secondRead.requireAgreement(snapshot, "member-3");
        assertThrows(DisagreementException.class, () -> secondRead.requireAgreement(snapshot, "member-7"));
    }

    @Test
    void sharedAnswersAreNotOlderThanASecond() {
        Snapshot snapshot = segment(Segment.TrustBoundary.SEGMENT);
        secondRead.requireAgreement(snapshot, "member-3");
        reads.segments = Map.of();
        ticker.advance(java.time.Duration.ofSeconds(1));
        assertThrows(DisagreementException.class, () -> secondRead.requireAgreement(snapshot, "member-3"));
    }

    private Snapshot segment(Segment.TrustBoundary boundary) {
        cluster.segment("town", Set.of(Direction.values()), boundary, members);
        reads.segments = Map.of("town", new Revision("uid", 1));
        return cluster.snapshot();
    }
}
