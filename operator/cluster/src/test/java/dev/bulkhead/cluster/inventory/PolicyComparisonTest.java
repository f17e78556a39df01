package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import dev.bulkhead.cluster.render.PolicyRenderer;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Namespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyComparisonTest {

    private static final NetworkPolicy.Key KEY = new NetworkPolicy.Key("shop", "bulkhead-baseline");

    private final InventoryState state = new InventoryState(Set.of(), ClusterFacts.unknown(false));
    private final InventoryListener listener = mock();
    private final List<Touch> touched = new ArrayList<>();
    private final Intake intake =
            new Intake(state, new FactsStore(List.of()), touched::add, listener, mock(), mock(), mock());
    private boolean reopened;

    @BeforeEach
    void begin() {
        state.namespace("shop", Optional.of(Namespace.empty("shop")));
        state.complete();
    }

    @Test
    void aPolicyOfOursThatTheWatchNeverShowedToBeGoneIsDriftThatWakesItsNamespace() {
        state.written(LivePolicies.baseline("uid", "9"));
        compare("10");
        assertEquals(Optional.empty(), state.livePolicy(KEY));
        verify(listener).drifted(KEY, "");
        assertEquals(1, touched.size());
    }

    @Test
    void aChangeThatTheWatchNeverShowedIsTakenIn() {
        state.written(LivePolicies.baseline("uid", "9"));
        compare("12", object("uid", "11"));
        assertEquals("11", state.livePolicy(KEY).orElseThrow().resourceVersion());
    }

    @Test
    void whatIsAsItWasTouchesNobody() {
        LivePolicy live = LivePolicy.of(object("uid", "9"));
        state.written(live);
        compare("12", object("uid", "9"));
        assertEquals(Optional.of(live), state.livePolicy(KEY));
        verify(listener, never()).drifted(KEY, "");
        assertFalse(reopened);
    }

    @Test
    void aListThatIsOlderThanWhatWasKnownBeforeMeansThatVersionsWentBack() {
        state.written(LivePolicies.baseline("uid", "900"));
        compare("50");
        assertTrue(reopened);
        assertTrue(state.policy(LivePolicies.baseline("another", "40")), "what is listed next is taken as it is");
    }

    private void compare(String version, io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy... objects) {
        new PolicyComparison(
                        each -> {
                            List.of(objects).forEach(each);
                            return version;
                        },
                        intake,
                        () -> reopened = true)
                .compare();
    }

    private static io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy object(String uid, String version) {
        io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy object =
                new PolicyRenderer().render(LivePolicies.policy("shop", "bulkhead-baseline"));
        object.getMetadata().setUid(uid);
        object.getMetadata().setResourceVersion(version);
        object.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
        return object;
    }
}
