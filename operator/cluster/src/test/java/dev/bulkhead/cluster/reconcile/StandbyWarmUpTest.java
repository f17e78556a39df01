package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.world.Direction;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandbyWarmUpTest {

    private final ConsistentReads reads = mock();
    private final TestCluster cluster = new TestCluster()
            .namespace("a", "b", "outside")
            .segment("shop", EnumSet.allOf(Direction.class), DeclaredSegment.TrustBoundary.WORKLOAD, "a", "b");
    private final List<String> rendered = new ArrayList<>();
    private int asked;

    @Test
    void itEndsByItself() {
        rehearse(cluster, Integer.MAX_VALUE);
        assertEquals(50, asked);
        verify(reads).revisions("Segment");
    }

    @Test
    void whatWouldBeWrittenIsWorkedOutInOneEnforcedNamespaceAfterTheOther() {
        rehearse(cluster, 3);
        List<String> baselines = List.of("a/bulkhead-baseline", "b/bulkhead-baseline", "a/bulkhead-baseline");
        assertEquals(baselines, rendered);
    }

    @Test
    void whoeverLeadsHasNoTimeForIt() {
        rehearse(cluster, 3);
        assertEquals(4, asked);
    }

    @Test
    void whereNothingIsEnforcedThereIsNothingToRehearse() {
        rehearse(new TestCluster().namespace("a"), Integer.MAX_VALUE);
        assertEquals(0, asked);
        assertEquals(List.of(), rendered);
        verifyNoInteractions(reads);
    }

    @Test
    void anApiServerThatRefusesEndsItAndNothingElse() {
        when(reads.revisions(any())).thenThrow(new KubernetesClientException("busy", 503, null));
        rehearse(cluster, Integer.MAX_VALUE);
        assertEquals(0, asked);
    }

    /** @param passes after which this replica leads */
    private void rehearse(TestCluster where, int passes) {
        new StandbyWarmUp(
                        where::snapshot,
                        reads,
                        policy -> rendered.add(policy.key().toString()))
                .run(() -> ++asked > passes);
    }
}
