package dev.bulkhead.cluster.reconcile;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.bulkhead.core.intent.Segment;
import dev.bulkhead.core.world.Direction;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    private final ConsistentReads reads = mock();
    private final TestCluster cluster = new TestCluster()
            .namespace("a", "b", "outside")
            .segment("shop", EnumSet.allOf(Direction.class), Segment.TrustBoundary.WORKLOAD, "a", "b");
    private final Rehearsal rehearsal = new Rehearsal(cluster::snapshot, reads);

    @Test
    void theNamespacesOfSegmentsAreWorkedOutAndNoOthers() {
        rehearsal.run(() -> false);
        verify(reads, atLeastOnce()).revisions("AccessIntent", "a");
        verify(reads, atLeastOnce()).revisions("AccessIntent", "b");
        verify(reads, never()).revisions("AccessIntent", "outside");
    }

    @Test
    void whoeverLeadsHasNoTimeForIt() {
        AtomicInteger passes = new AtomicInteger();
        rehearsal.run(() -> passes.incrementAndGet() > 3);
        verify(reads, times(3)).revisions(eq("AccessIntent"), any());
    }

    @Test
    void whereNothingIsEnforcedThereIsNothingToRehearse() {
        new Rehearsal(new TestCluster().namespace("a")::snapshot, reads).run(() -> false);
        verifyNoInteractions(reads);
    }

    @Test
    void anApiServerThatRefusesEndsItAndNothingElse() {
        when(reads.revisions(any(), any())).thenThrow(new KubernetesClientException("busy", 503, null));
        rehearsal.run(() -> false);
        verify(reads).revisions(eq("AccessIntent"), any());
    }
}
