package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.cluster.render.PolicyRenderer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class LivePolicyTest {

    @Test
    void whatWeWroteIsTidy() {
        LivePolicy live = LivePolicy.of(ours());
        assertTrue(live.isTidy());
        assertEquals(live.policy(), live.forPlanning());
    }

    @Test
    void withAFinalizerOrAnOwnerOrADeletionUnderWayItIsToBeWritten() {
        NetworkPolicy kept = ours();
        kept.getMetadata().setFinalizers(List.of("example.com/mine"));
        NetworkPolicy terminating = ours();
        terminating.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        NetworkPolicy owned = new NetworkPolicyBuilder(ours())
                .editMetadata()
                .addNewOwnerReference()
                .withName("somebody")
                .endOwnerReference()
                .endMetadata()
                .build();
        for (NetworkPolicy object : List.of(kept, terminating, owned)) {
            LivePolicy live = LivePolicy.of(object);
            assertFalse(live.isTidy());
            assertNotEquals(live.policy(), live.forPlanning());
            assertEquals(LivePolicy.of(ours()).policy(), live.policy());
        }
    }

    @Test
    void oneThatCannotBeReadSaysWhyAndClaimsNothing() {
        NetworkPolicy object = unreadable();
        object.getMetadata().setLabels(null);
        LivePolicy live = LivePolicy.of(object);
        assertTrue(live.problem().orElseThrow().contains("policyTypes"));
        assertFalse(live.isManaged());
        assertTrue(live.policy().directions().isEmpty());
    }

    @Test
    void oneOfOursThatCannotBeReadStaysOursAndDiffersFromWhatItShouldBe() {
        LivePolicy live = LivePolicy.of(unreadable());
        assertTrue(live.isManaged());
        assertNotEquals(LivePolicy.of(ours()).policy(), live.policy());
    }

    @Test
    void whatKeepsAPolicyOfOthersInForceIsKnownWhereItHasTheNameOfTheBaseline() {
        NetworkPolicy object = ours();
        object.getMetadata().setLabels(null);
        object.getMetadata().setFinalizers(List.of("example.com/mine"));
        assertFalse(LivePolicy.of(object).isTidy());
        assertTrue(LivePolicy.of(object).mayBeWritten());
        object.getMetadata().setName("theirs");
        assertTrue(LivePolicy.of(object).isTidy());
        assertFalse(LivePolicy.of(object).mayBeWritten());
    }

    private static NetworkPolicy unreadable() {
        NetworkPolicy object = ours();
        object.getSpec().setPolicyTypes(List.of("Sideways"));
        return object;
    }

    private static NetworkPolicy ours() {
        NetworkPolicy object = new PolicyRenderer().render(LivePolicies.policy("shop", "bulkhead-baseline"));
        object.getMetadata().setUid("uid");
        object.getMetadata().setResourceVersion("9");
        object.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
        return object;
    }
}
