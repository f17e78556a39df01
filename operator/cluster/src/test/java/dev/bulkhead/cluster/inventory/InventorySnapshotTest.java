package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.core.world.ClusterFacts;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InventorySnapshotTest {

    private final InventoryState state = new InventoryState(Set.of(), ClusterFacts.unknown(false));

    @Test
    void whereNothingIsKnownNothingIsListed() {
        assertEquals(Map.of(), state.snapshot().policies("shop"));
        assertEquals(NamespaceDeclarations.NOTHING, state.snapshot().declared("shop"));
        assertEquals(List.of(), state.snapshot().unreadable("shop"));
    }

    @Test
    void thePoliciesOfOthersThatCannotBeReadAreListed() {
        NetworkPolicy theirs = ApiObjects.policy("shop", "theirs", "theirs", "9");
        theirs.getMetadata().setLabels(Map.of());
        NetworkPolicy broken = ApiObjects.policy("shop", "broken", "broken", "9");
        broken.getMetadata().setLabels(Map.of());
        broken.getSpec().setPolicyTypes(List.of("Sideways"));
        NetworkPolicy ours = ApiObjects.policy("shop", "bulkhead-baseline", "ours", "9");
        ours.getSpec().setPolicyTypes(List.of("Sideways"));
        for (NetworkPolicy object : List.of(theirs, broken, ours)) {
            state.policy(LivePolicy.of(object));
        }
        assertEquals(
                List.of("broken"),
                state.snapshot().unreadable("shop").stream()
                        .map(live -> live.policy().key().name())
                        .toList());
        assertEquals(3, state.snapshot().policies("shop").size());
    }

    @Test
    void aSnapshotDoesNotChangeWithTheCluster() {
        InventorySnapshot before = state.snapshot();
        state.policy(LivePolicies.baseline("uid", "9"));
        assertEquals(Map.of(), before.policies("shop"));
    }
}
