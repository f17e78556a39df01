package dev.bulkhead.cluster.reconcile;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.Revision;
import dev.bulkhead.cluster.status.IntentReporter;
import dev.bulkhead.cluster.status.Reporters;
import dev.bulkhead.cluster.status.SegmentReporter;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.WorkloadSelector;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailingNamespacesTest {

    private static final DeclaredIntent.Key CHECKOUT = new DeclaredIntent.Key("shop", "checkout");

    private final SegmentReporter segments = mock();
    private final IntentReporter intents = mock();
    private final Inventory inventory = mock();
    private final FailingNamespaces failures =
            new FailingNamespaces(inventory, new Reporters(intents, segments, mock(), mock(), mock()));

    @BeforeEach
    void declare() {
        InventorySnapshot snapshot = new TestCluster()
                .namespace("shop", "pay")
                .intent(new DeclaredIntent(CHECKOUT, new WorkloadSelector.All(), ImmutableList.of()))
                .snapshot();
        when(inventory.snapshot()).thenReturn(snapshot);
    }

    private void fail(String namespace, int times) {
        for (int i = 0; i < times; i++) {
            failures.failed(namespace, "the API server says no");
        }
    }

    @Test
    void whatFailsOnceOrTwiceIsNotToldOf() {
        fail("shop", 2);
        verifyNoInteractions(segments, intents);
    }

    @Test
    void whatFailsAgainAndAgainIsToldOfOnItsSegmentAndItsIntents() {
        fail("shop", 3);
        verify(segments).failing("shop", Optional.of("the API server says no"));
        verify(intents).fail(eq(CHECKOUT), any(Revision.class), eq("the API server says no"));
    }

    @Test
    void soItIsOnThoseThatAreBeingDeleted() {
        InventorySnapshot snapshot = new TestCluster()
                .namespace("shop")
                .withdrawnIntent("shop", "checkout")
                .snapshot();
        when(inventory.snapshot()).thenReturn(snapshot);
        fail("shop", 3);
        verify(intents).withdraw(CHECKOUT, new Revision("uid", 2), Optional.of("the API server says no"));
    }

    @Test
    void eachNamespaceIsCountedByItself() {
        fail("shop", 2);
        fail("pay", 2);
        verifyNoInteractions(segments, intents);
    }

    @Test
    void aSuccessIsToldOfAndCountingBeginsAnew() {
        fail("shop", 3);
        failures.succeeded("shop");
        verify(segments).failing("shop", Optional.empty());
        fail("shop", 2);
        verify(segments, times(1)).failing("shop", Optional.of("the API server says no"));
    }

    @Test
    void whatNeverFailedIsNoNews() {
        failures.succeeded("shop");
        verifyNoInteractions(segments);
    }

    @Test
    void whateverTakesTheNameOfANamespaceThatIsGoneHasNotFailed() {
        fail("shop", 3);
        failures.forget("shop");
        verify(segments).failing("shop", Optional.empty());
        fail("shop", 1);
        verify(segments, times(1)).failing("shop", Optional.of("the API server says no"));
    }

    @Test
    void aLongMessageIsCut() {
        for (int i = 0; i < 3; i++) {
            failures.failed("shop", "x".repeat(10_000));
        }
        verify(segments).failing("shop", Optional.of("x".repeat(512) + "…"));
        verify(segments, never()).failing("shop", Optional.of("x".repeat(10_000)));
    }
}
