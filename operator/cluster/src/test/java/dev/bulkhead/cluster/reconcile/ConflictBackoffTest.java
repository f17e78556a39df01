package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.cluster.inventory.LivePolicies;
import dev.bulkhead.cluster.status.PolicyConflict;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConflictBackoffTest {

    private static final NetworkPolicy POLICY = TestCluster.allow("shop", "checkout", Direction.EGRESS, "pay");
    private static final NetworkPolicy LEFT = TestCluster.allow("shop", "checkout", Direction.EGRESS, "pay", "other");

    private final SetTicker ticker = new SetTicker();
    private final ConflictBackoff fights = new ConflictBackoff(ticker);

    @Test
    void theFirstTimesAPolicyIsPutRightAtOnce() {
        repaired(3);
        assertEquals(Map.of(), resting());
        assertTrue(fights.current().isEmpty());
    }

    @Test
    void oneThatIsFoughtOverRestsUntilItsTurn() {
        repaired(4);
        assertEquals(Map.of(POLICY.key(), Duration.ofSeconds(1)), resting());
        assertFalse(fights.current().isEmpty());
        ticker.advance(Duration.ofSeconds(1));
        assertEquals(Map.of(), resting());
    }

    @Test
    void theRestsGrowAndNoneIsLongerThanTheLongest() {
        repaired(5);
        assertEquals(Map.of(POLICY.key(), Duration.ofSeconds(2)), resting());
        repaired(40);
        assertEquals(Map.of(POLICY.key(), Duration.ofSeconds(8)), resting());
    }

    @Test
    void afterAWhileItIsAnAccidentAgain() {
        repaired(10);
        ticker.advance(Duration.ofMinutes(3));
        assertTrue(fights.current().isEmpty());
        repaired(1);
        assertEquals(Map.of(), resting());
    }

    @Test
    void whoFightsOverWhatIsKnown() {
        NetworkPolicy.Key other = new NetworkPolicy.Key("pay", "other");
        for (int i = 0; i < 3; i++) {
            fights.repaired(POLICY.key(), "kubectl");
            fights.repaired(other, "helm");
        }
        fights.repaired(POLICY.key(), "argocd");
        fights.repaired(other, "helm");
        assertEquals(
                List.of(new PolicyConflict(other, "helm"), new PolicyConflict(POLICY.key(), "argocd")),
                fights.current());
    }

    @Test
    void twoMinutesApartIsAFightStillAndLongerIsNot() {
        repaired(3);
        ticker.advance(Duration.ofMinutes(2));
        repaired(1);
        assertEquals(1, fights.current().size());
        ticker.advance(Duration.ofMinutes(2));
        assertEquals(1, fights.current().size());
        ticker.advance(Duration.ofNanos(1));
        assertEquals(List.of(), fights.current());
        repaired(3);
        ticker.advance(Duration.ofMinutes(2).plusNanos(1));
        repaired(1);
        assertEquals(List.of(), fights.current());
    }

    @Test
    void withItsNamespaceItIsForgotten() {
        repaired(6);
        fights.forget("pay");
        assertEquals(1, fights.current().size());
        fights.forget("shop");
        assertEquals(Map.of(), resting());
        assertEquals(List.of(), fights.current());
    }

    @Test
    void whileItRestsItStaysAsSomebodyLeftIt() {
        TestCluster cluster = new TestCluster().namespace("shop").live(LEFT);
        ContestedPolicies gate = new ContestedPolicies(fights);
        assertEquals(Optional.empty(), gate.check(cluster.proposal("shop", POLICY)));
        repaired(4);
        Hold hold = gate.check(cluster.proposal("shop", POLICY)).orElseThrow();
        assertEquals(Optional.of(Duration.ofSeconds(1)), hold.again());
        assertEquals(
                List.of(), cluster.proposal("shop", POLICY).without(hold).plan().writes());
        cluster.gone(POLICY.key());
        Hold deleted = gate.check(cluster.proposal("shop", POLICY)).orElseThrow();
        assertEquals(
                List.of(),
                cluster.proposal("shop", POLICY).without(deleted).plan().writes());
    }

    @Test
    void soDoesWhatOthersPutInThePlaceOfABaseline() {
        NetworkPolicy baseline = LivePolicies.policy("shop", "bulkhead-baseline");
        TestCluster cluster = new TestCluster()
                .namespace("shop")
                .live(LivePolicies.byOthers(baseline, "", "uid", "1").policy());
        ProposedWrites proposal = cluster.proposal("shop", baseline);
        assertEquals(1, proposal.plan().writes().size());
        for (int i = 0; i < 4; i++) {
            fights.repaired(baseline.key(), "kubectl");
        }
        Hold hold = new ContestedPolicies(fights).check(proposal).orElseThrow();
        assertEquals(List.of(), proposal.without(hold).plan().writes());
    }

    private Map<NetworkPolicy.Key, Duration> resting() {
        return fights.resting(List.of(POLICY.key()));
    }

    private void repaired(int times) {
        for (int i = 0; i < times; i++) {
            fights.repaired(POLICY.key(), "kubectl");
        }
    }
}
