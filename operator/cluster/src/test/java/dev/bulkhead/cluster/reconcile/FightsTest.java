package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FightsTest {

    private static final NetworkPolicy POLICY = TestCluster.allow("shop", "checkout", Direction.EGRESS, "pay");
    private static final NetworkPolicy LEFT = TestCluster.allow("shop", "checkout", Direction.EGRESS, "pay", "other");
    private static final ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> DESIRED =
            ImmutableSortedMap.of(POLICY.key(), POLICY);

    private final SetTicker ticker = new SetTicker();
    private final Fights fights = new Fights(ticker);

    @Test
    void theFirstTimesAPolicyIsPutRightAtOnce() {
        repaired(3);
        assertEquals(DESIRED, fights.postponed(DESIRED, TestCluster.byName(LEFT)));
        assertEquals(Optional.empty(), fights.nextTurn(DESIRED));
        assertTrue(fights.current().isEmpty());
    }

    @Test
    void oneThatIsFoughtOverStaysAsSomebodyLeftItUntilItsTurn() {
        repaired(4);
        assertEquals(Map.of(POLICY.key(), LEFT), fights.postponed(DESIRED, TestCluster.byName(LEFT)));
        assertEquals(Map.of(), fights.postponed(DESIRED, Map.of()));
        assertEquals(Optional.of(Duration.ofSeconds(1)), fights.nextTurn(DESIRED));
        assertFalse(fights.current().isEmpty());

        ticker.advance(Duration.ofSeconds(1));
        assertEquals(DESIRED, fights.postponed(DESIRED, TestCluster.byName(LEFT)));
        assertEquals(Optional.empty(), fights.nextTurn(DESIRED));
    }

    @Test
    void theRestsGrowAndNoneIsLongerThanTheLongest() {
        repaired(5);
        assertEquals(Optional.of(Duration.ofSeconds(2)), fights.nextTurn(DESIRED));
        repaired(40);
        assertEquals(Optional.of(Duration.ofSeconds(8)), fights.nextTurn(DESIRED));
    }

    @Test
    void afterAWhileItIsAnAccidentAgain() {
        repaired(10);
        ticker.advance(Duration.ofMinutes(3));
        assertTrue(fights.current().isEmpty());
        repaired(1);
        assertEquals(Optional.empty(), fights.nextTurn(DESIRED));
    }

    @Test
    void aNamespaceThatGoesWhileItsTurnIsLookedUpIsForgotten() {
        repaired(6);
        fights.forget("shop");
        assertEquals(Optional.empty(), fights.nextTurn(DESIRED));
        assertEquals(List.of(), fights.current());
    }

    private void repaired(int times) {
        for (int i = 0; i < times; i++) {
            fights.repaired(POLICY.key(), "kubectl");
        }
    }
}
