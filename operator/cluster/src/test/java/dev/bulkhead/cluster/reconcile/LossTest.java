package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LossTest {

    private static final NetworkPolicy WIDE = TestCluster.allow("shop", "checkout", Direction.EGRESS, "a", "b", "c");
    private static final NetworkPolicy NARROW = TestCluster.allow("shop", "checkout", Direction.EGRESS, "c", "d");

    @Test
    void anUpdateLosesThePeersThatItNoLongerNames() {
        Loss loss = Loss.of(TestCluster.byName(WIDE), List.of(new Write.Update(NARROW)));
        assertEquals(2, loss.size());
        assertEquals(Set.of("checkout"), loss.policies());
    }

    @Test
    void aDeletionLosesEveryPeerAndAtLeastOne() {
        assertEquals(
                3,
                Loss.of(TestCluster.byName(WIDE), List.of(new Write.Delete(WIDE.key())))
                        .size());
        NetworkPolicy baseline = TestCluster.isolating("shop", Direction.EGRESS);
        assertEquals(
                1,
                Loss.of(TestCluster.byName(baseline), List.of(new Write.Delete(baseline.key())))
                        .size());
    }

    @Test
    void whatGrowsOnTheWayAndEndsAsBeforeLosesNothing() {
        assertTrue(Loss.of(TestCluster.byName(WIDE), List.of(new Write.Update(NARROW), new Write.Update(WIDE)))
                .isNothing());
    }

    @Test
    void growthLosesNothing() {
        NetworkPolicy wider = TestCluster.allow("shop", "checkout", Direction.EGRESS, "a", "b", "c", "d");
        NetworkPolicy other = TestCluster.allow("shop", "other", Direction.EGRESS, "a");
        assertTrue(Loss.of(TestCluster.byName(WIDE), List.of(new Write.Update(wider), new Write.Create(other)))
                .isNothing());
    }

    @Test
    void aPolicyThatComesToSelectOtherPodsLosesAllItHad() {
        NetworkPolicy moved = WIDE.withRules(
                TestCluster.allow("shop", "other", Direction.EGRESS).subject(),
                WIDE.directions(),
                WIDE.ingress(),
                WIDE.egress());
        assertEquals(
                3,
                Loss.of(TestCluster.byName(WIDE), List.of(new Write.Update(moved)))
                        .size());
    }
}
