package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CurrentPoliciesTest {

    private static final NetworkPolicy BASELINE = TestCluster.isolating("shop", Direction.EGRESS);
    private static final NetworkPolicy ALLOWANCE = TestCluster.allow("shop", "checkout", Direction.EGRESS, "pay");

    private final TestCluster cluster = new TestCluster().namespace("shop").live(ALLOWANCE);
    private final List<String> compared = new ArrayList<>();
    private Runnable comparison = () -> {};
    private final CurrentPolicies gate = new CurrentPolicies(
            namespace -> {
                compared.add(namespace);
                comparison.run();
            },
            cluster::snapshot);

    @Test
    void whatIsolatesPodsIsPlannedAnewIfTheirPoliciesAreNotWhatTheyWere() {
        comparison = () -> cluster.gone(ALLOWANCE.key());
        Hold hold = gate.check(cluster.proposal("shop", BASELINE, ALLOWANCE)).orElseThrow();
        assertTrue(hold.stopsAll());
        assertTrue(hold.again().isPresent());
        assertFalse(hold.shown());
    }

    @Test
    void otherwiseItPasses() {
        assertEquals(Optional.empty(), gate.check(cluster.proposal("shop", BASELINE, ALLOWANCE)));
        assertEquals(List.of("shop"), compared);
    }

    @Test
    void whereTheyAreIsolatedAlreadyNobodyAsks() {
        cluster.live(BASELINE);
        gate.check(cluster.proposal(
                "shop", BASELINE, ALLOWANCE, TestCluster.allow("shop", "cart", Direction.EGRESS, "pay")));
        assertEquals(List.of(), compared);
    }

    @Test
    void asLongAsTheyCannotBeReadNothingIsWritten() {
        comparison = () -> {
            throw new KubernetesClientException("no answer");
        };
        Hold hold = gate.check(cluster.proposal("shop", BASELINE, ALLOWANCE)).orElseThrow();
        assertTrue(hold.stopsAll());
        assertEquals("its policies cannot be read: no answer", hold.reason());
        assertTrue(hold.again().isPresent(), "it is looked at again soon");
    }
}
