package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatesTest {

    private static final NetworkPolicy OLD = TestCluster.allow("shop", "old", Direction.EGRESS, "web");
    private static final NetworkPolicy NEW = TestCluster.allow("shop", "new", Direction.EGRESS, "pay");

    private final TestCluster cluster = new TestCluster()
            .namespace("shop", "web", "pay")
            .live(TestCluster.isolating("shop", Direction.EGRESS), OLD);

    @Test
    void heldGrowthDoesNotHoldWithdrawals() {
        Gates.Passage passage = check(gate(Hold.growth("it is closed")));
        assertEquals(
                List.of(new Write.Delete(OLD.key())), passage.proposal().plan().writes());
        assertTrue(passage.holds(Hold.Scope.GROWTH));
        assertEquals(Optional.empty(), passage.stop());
    }

    @Test
    void aHoldThatHoldsNothingIsNone() {
        Gates gates = new Gates(List.of(gate(Hold.growth("it is closed"))));
        ProposedWrites nothingNew = cluster.proposal("shop", TestCluster.isolating("shop", Direction.EGRESS));
        assertEquals(List.of(), gates.check(nothingNew).holds());
    }

    /** So that it is told. */
    @Test
    void thatNothingButTheBaselineIsWrittenIsAHoldAlsoWhereNothingElseWouldBe() {
        Hold hold = Hold.allButBaseline("claimed twice", Map.of(NEW.key(), NEW));
        Gates.Passage passage = new Gates(List.of(gate(hold)))
                .check(new TestCluster().namespace("shop").proposal("shop", NEW));
        assertEquals(List.of(hold), passage.holds());
        assertEquals(Optional.empty(), passage.stop());
        assertEquals(List.of(new Write.Create(NEW)), passage.proposal().plan().writes());
    }

    @Test
    void singlePoliciesStayAndTheOthersAreWritten() {
        Gates.Passage passage = check(gate(Hold.policies("it is fought over", Map.of(OLD.key(), Optional.of(OLD)))));
        assertEquals(List.of(new Write.Create(NEW)), passage.proposal().plan().writes());
    }

    @Test
    void afterOneThatStopsAllNobodyIsAsked() {
        Hold closed = Hold.growth("it is closed");
        Hold doubted = Hold.shrink("it is in doubt");
        Gates gates = new Gates(List.of(gate(closed), gate(doubted), proposal -> {
            throw new IllegalStateException("nobody asks");
        }));
        Gates.Passage passage = gates.check(proposal());
        assertEquals(Optional.of(doubted), passage.stop());
        assertEquals(List.of(closed, doubted), passage.holds());
    }

    @Test
    void eachIsAskedAboutWhatTheOnesBeforeItLeave() {
        List<List<Write>> asked = new ArrayList<>();
        Gate last = proposal -> {
            asked.add(proposal.plan().writes());
            return Optional.empty();
        };
        new Gates(List.of(gate(Hold.growth("it is closed")), last)).check(proposal());
        assertEquals(List.of(List.of(new Write.Delete(OLD.key()))), asked);
    }

    private Gates.Passage check(Gate gate) {
        return new Gates(List.of(gate)).check(proposal());
    }

    private ProposedWrites proposal() {
        return cluster.proposal("shop", TestCluster.isolating("shop", Direction.EGRESS), NEW);
    }

    private static Gate gate(Hold hold) {
        return proposal -> Optional.of(hold);
    }
}
