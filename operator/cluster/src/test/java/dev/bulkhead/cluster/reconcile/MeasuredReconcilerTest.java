package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.cluster.apply.StaleViewException;
import dev.bulkhead.cluster.metrics.ReconcileWork;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasuredReconcilerTest {

    private static final Namespace SHOP = new NamespaceBuilder()
            .withNewMetadata()
            .withName("shop")
            .endMetadata()
            .build();

    private final NamespaceReconciler passes = mock();
    private final FailingNamespaces failures = mock();
    private final HoldLog holds = mock();
    private final ReconcileWork work = mock();
    private final SetTicker ticker = new SetTicker();
    private final WakeUps wakeUps = new WakeUps();
    private final MeasuredReconciler reconciler =
            new MeasuredReconciler(passes, wakeUps, work, holds, failures, ticker);

    @Test
    void aPassThatSucceedsIsMeasuredAndEndsWhateverFailedBefore() {
        when(passes.reconcile("shop")).thenAnswer(call -> {
            ticker.advance(Duration.ofSeconds(3));
            return Optional.of(Duration.ofSeconds(2));
        });
        ticker.advance(Duration.ofHours(1));
        UpdateControl<Namespace> done = reconciler.reconcile(SHOP, mock());
        assertEquals(Optional.of(2_000L), done.getScheduleDelay());
        verify(work).ended("shop", ReconcileWork.Result.SUCCESS, Duration.ofSeconds(3));
        verify(holds).succeeded("shop");
        verify(failures).succeeded("shop");
    }

    @Test
    void onePassIsEnoughWhereNothingIsLeft() {
        when(passes.reconcile("shop")).thenReturn(Optional.empty());
        assertEquals(Optional.empty(), reconciler.reconcile(SHOP, mock()).getScheduleDelay());
    }

    @Test
    void aDoubtIsNoFailureOfTheNamespace() {
        when(passes.reconcile("shop")).thenThrow(new HeldException("a definition is not found"));
        assertThrows(HeldException.class, () -> reconciler.reconcile(SHOP, mock()));
        verify(work).ended("shop", ReconcileWork.Result.HELD, Duration.ZERO);
        verify(failures).succeeded("shop");
        verifyNoInteractions(holds);
    }

    @Test
    void aStaleViewCountsAsAFailureAndIsNoNewsForTheLog() {
        StaleViewException stale = mock();
        when(stale.getMessage()).thenReturn("shop/cart is not what it was");
        when(passes.reconcile("shop")).thenThrow(stale);
        assertThrows(StaleViewException.class, () -> reconciler.reconcile(SHOP, mock()));
        verify(work).ended("shop", ReconcileWork.Result.CONFLICT, Duration.ZERO);
        verify(failures).failed("shop", "shop/cart is not what it was");
        verifyNoInteractions(holds);
    }

    @Test
    void aRefusalIsAFailureThatIsToldInOneLine() {
        when(passes.reconcile("shop")).thenThrow(new KubernetesClientException("busy", 503, null));
        assertThrows(KubernetesClientException.class, () -> reconciler.reconcile(SHOP, mock()));
        verify(work).ended("shop", ReconcileWork.Result.ERROR, Duration.ZERO);
        verify(failures).failed("shop", "KubernetesClientException: busy");
        verify(holds).refused("shop", "KubernetesClientException: busy");
        verify(holds, never()).failed(any(), any());
    }

    @Test
    void aDefectIsAFailureThatIsToldWithItsPlace() {
        IllegalStateException defect = new IllegalStateException("not ours to write");
        when(passes.reconcile("shop")).thenThrow(defect);
        assertThrows(IllegalStateException.class, () -> reconciler.reconcile(SHOP, mock()));
        verify(work).ended("shop", ReconcileWork.Result.ERROR, Duration.ZERO);
        verify(failures).failed("shop", "IllegalStateException: not ours to write");
        verify(holds).failed("shop", defect);
        verify(failures, never()).succeeded(any());
    }

    @Test
    void whatTheInventoryShowsWakesIt() {
        assertEquals(List.of(wakeUps), reconciler.prepareEventSources(mock()));
    }

    /** JOSDK tries again after an exception, and never after an error. */
    @Test
    void f68_anErrorInAPassIsAFailureOfThatNamespaceThatIsTriedAgain() {
        when(passes.reconcile("shop")).thenThrow(new StackOverflowError()).thenReturn(Optional.empty());

        assertThrows(RuntimeException.class, () -> reconciler.reconcile(SHOP, mock()));
        verify(failures).failed(eq("shop"), contains("StackOverflowError"));
        reconciler.reconcile(SHOP, mock());
        verify(failures).succeeded("shop");
    }

    @Test
    void f13_whereNobodyAnswersItIsTriedAgainWithinSecondsHoweverLongThatLasts() {
        IOException refused = new ConnectException("connection refused");
        when(passes.reconcile("shop")).thenThrow(new KubernetesClientException("no answer", refused));
        for (int attempt = 0; attempt < 100; attempt++) {
            long delay = reconciler.reconcile(SHOP, mock()).getScheduleDelay().orElseThrow();
            assertTrue(delay >= 2_000 && delay <= 4_000, delay + " ms");
        }
    }

    @Test
    void anApiServerThatRefusesIsAskedEverMoreSeldom() {
        when(passes.reconcile("shop")).thenThrow(new KubernetesClientException("busy", 503, null));
        assertThrows(KubernetesClientException.class, () -> reconciler.reconcile(SHOP, mock()));
    }
}
