package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.google.common.base.Ticker;
import dev.bulkhead.cluster.metrics.Work;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasuredReconcilerTest {

    private static final Namespace SHOP = new NamespaceBuilder()
            .withNewMetadata()
            .withName("shop")
            .endMetadata()
            .build();

    private final NamespaceReconciler passes = mock();
    private final Failures failures = mock();
    private final MeasuredReconciler reconciler =
            new MeasuredReconciler(passes, mock(), mock(Work.class), mock(), failures, Ticker.systemTicker());

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
