package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.cluster.inventory.LivePolicies;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProposedWritesTest {

    private static final NetworkPolicy INGRESS = TestCluster.isolating("shop", Direction.INGRESS);
    private static final NetworkPolicy EGRESS = TestCluster.isolating("shop", Direction.EGRESS);
    private static final NetworkPolicy OLD = TestCluster.allow("shop", "old", Direction.EGRESS, "web");
    private static final NetworkPolicy NEW = TestCluster.allow("shop", "new", Direction.EGRESS, "pay");
    private static final NetworkPolicy.Key ABSENT = new NetworkPolicy.Key("shop", "absent");

    private final TestCluster cluster = new TestCluster().namespace("shop", "web", "pay");

    @Test
    void itLeadsFromWhatIsThereToWhatIsDesired() {
        cluster.live(EGRESS, OLD);
        ProposedWrites proposal = cluster.proposal("shop", EGRESS, NEW);
        assertEquals(List.of(EGRESS, OLD), proposal.livePolicies());
        assertEquals(Set.of(EGRESS, NEW), Set.copyOf(proposal.outcome()));
        assertEquals(Set.of(EGRESS.key(), NEW.key()), proposal.desired().keySet());
        assertEquals("shop", proposal.namespace());
    }

    @Test
    void podsComeToBeIsolatedInADirectionInWhichNothingIsolatesAllOfThem() {
        assertTrue(cluster.proposal("shop", EGRESS).isolates());
        cluster.live(INGRESS);
        assertTrue(cluster.proposal("shop", INGRESS, EGRESS).isolates());
        assertTrue(cluster.proposal("shop", INGRESS, OLD).isolates(), "some pods are isolated by it");
        cluster.live(EGRESS);
        assertFalse(cluster.proposal("shop", INGRESS, EGRESS, OLD).isolates());
        assertFalse(cluster.proposal("shop").isolates(), "they are released");
    }

    @Test
    void whatIsolatesSomePodsDoesNotIsolateTheOthers() {
        cluster.live(OLD);
        assertTrue(cluster.proposal("shop", OLD, EGRESS).isolates());
    }

    @Test
    void policiesAreKeptAsTheyAreAlsoWhereThatIsNotThereAndOthersAreNotOursToKeep() {
        NetworkPolicy theirs = LivePolicies.byOthers(NEW, "kubectl", "uid", "1").policy();
        cluster.live(EGRESS, OLD, theirs);
        assertEquals(
                Map.of(OLD.key(), Optional.of(OLD), ABSENT, Optional.empty()),
                cluster.proposal("shop").asTheyAre(Set.of(OLD.key(), ABSENT, theirs.key())));
    }

    @Test
    void aPolicyThatIsHeldStaysAndOneThatIsHeldAwayDoesNotCome() {
        cluster.live(EGRESS, OLD);
        ProposedWrites left = cluster.proposal("shop", EGRESS, NEW)
                .without(
                        Hold.policies("fought over", Map.of(OLD.key(), Optional.of(OLD), NEW.key(), Optional.empty())));
        assertEquals(ImmutableSortedMap.of(EGRESS.key(), EGRESS, OLD.key(), OLD), left.desired());
        assertEquals(List.of(), left.plan().writes());
    }

    @Test
    void heldGrowthStaysHeldWhateverElseIsHeld() {
        cluster.live(EGRESS, OLD);
        ProposedWrites left = cluster.proposal("shop", EGRESS, NEW)
                .without(Hold.growth("closed"))
                .without(Hold.policies("fought over", Map.of(ABSENT, Optional.empty())));
        assertEquals(List.of(new Write.Delete(OLD.key())), left.plan().writes());
        assertTrue(left.growth().isEmpty());
    }

    @Test
    void heldPoliciesStayHeldIfGrowthIsHeldToo() {
        cluster.live(EGRESS, OLD);
        ProposedWrites left = cluster.proposal("shop", EGRESS, NEW)
                .without(Hold.policies("fought over", Map.of(OLD.key(), Optional.of(OLD))))
                .without(Hold.growth("closed"));
        assertEquals(List.of(), left.plan().writes());
    }

    @Test
    void whatStopsAllLeavesItAsItIsSoThatItCanBeTold() {
        ProposedWrites proposal = cluster.proposal("shop", EGRESS);
        assertSame(proposal, proposal.without(Hold.namespace("claimed twice")));
        assertSame(proposal, proposal.without(Hold.shrink("in doubt")));
    }
}
