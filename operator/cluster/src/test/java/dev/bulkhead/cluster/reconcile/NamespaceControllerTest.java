package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.google.common.base.Ticker;
import dev.bulkhead.cluster.apply.Applier;
import dev.bulkhead.cluster.apply.WriteCounters;
import dev.bulkhead.cluster.apply.WriteLog;
import dev.bulkhead.cluster.audit.PolicyAudit;
import dev.bulkhead.cluster.inventory.Expected;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.PendingWithdrawals;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.cluster.metrics.ReconcileWork;
import dev.bulkhead.cluster.status.GuardrailReporter;
import dev.bulkhead.cluster.status.Reporters;
import dev.bulkhead.cluster.status.SegmentReporter;
import dev.bulkhead.core.policy.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

/**
 * JOSDK and the client are real; the API server has the namespace {@code shop}, which is enforced. There is one thread, so
 * that passes have an order.
 */
class NamespaceControllerTest {

    private static final NetworkPolicy.Key BASELINE = new NetworkPolicy.Key("shop", "bulkhead-baseline");

    private final Clock clock = Clock.systemUTC();
    private final TestCluster cluster =
            new TestCluster().namespace("shop", "pay").enforced("town", "shop");
    private final TestPolicies policies = new TestPolicies(cluster);
    private final PendingWithdrawals pending = Expected.of();
    private final Inventory inventory = mock();
    private final SegmentReporter segments = mock();
    private final GuardrailReporter guardrails = mock();
    private final PolicyAudit audit = mock();
    private final ReconcileWork work = mock();
    private final LogQuota quota = new LogQuota(clock);
    /** How each pass ended, such as {@code shop SUCCESS}. */
    private final BlockingQueue<String> passes = new LinkedBlockingQueue<>();
    /** Those that arrived. */
    private final BlockingQueue<String> writes = new LinkedBlockingQueue<>();
    /** On which threads the passes were. */
    private final BlockingQueue<Thread> workers = new LinkedBlockingQueue<>();

    private final BlockingQueue<Throwable> stopped = new LinkedBlockingQueue<>();

    private TestApiServer server;
    private KubernetesClient client;
    private NamespaceController controller;

    @BeforeEach
    void assemble() throws IOException {
        when(inventory.pendingWithdrawals()).thenReturn(pending);
        when(inventory.snapshot()).thenAnswer(call -> cluster.snapshot());
        when(inventory.snapshotFor(any())).thenAnswer(call -> cluster.snapshot());
        doAnswer(call -> {
                    workers.add(Thread.currentThread());
                    return passes.add(call.getArgument(0) + " " + call.getArgument(1));
                })
                .when(work)
                .ended(any(), any(), any());
        policies.arriving = writes::add;
        server = new TestApiServer("shop");
        client = server.client();
        controller = new NamespaceController(client, 1, clock, new Progress(Ticker.systemTicker()), work, quota);
    }

    @AfterEach
    void close() {
        controller.close();
        client.close();
        server.close();
    }

    private void start() {
        Applier applier = new Applier(
                policies,
                inventory,
                new WriteCounters(key -> controller.driftedBy(key).isPresent()),
                new WriteLog(quota, controller::driftedBy));
        controller.start(inventory, applier, new Reporters(mock(), segments, guardrails, mock(), audit), stopped::add);
    }

    private void startAndAwaitTheFirstPass() throws InterruptedException {
        start();
        assertEquals("shop SUCCESS", next(passes));
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        return Optional.ofNullable(queue.poll(60, TimeUnit.SECONDS)).orElseThrow();
    }

    @Test
    void whatTheApiServerHasIsLookedAtFromTheStart() throws InterruptedException {
        startAndAwaitTheFirstPass();
        assertEquals(List.of("create bulkhead-baseline"), policies.writes);
    }

    @Test
    void whatIsTouchedIsLookedAtAgain() throws InterruptedException {
        startAndAwaitTheFirstPass();
        assertEquals("create bulkhead-baseline", next(writes));
        cluster.gone(BASELINE);
        controller.touched(Set.of("shop"));
        assertEquals("create bulkhead-baseline", next(writes));
    }

    @Test
    void aNamespaceThatIsMadeIsLookedAtAndOneThatIsChangedIsNot() throws InterruptedException {
        startAndAwaitTheFirstPass();
        server.show("MODIFIED", "shop", 2);
        server.show("ADDED", "pay", 3);
        assertEquals("pay SUCCESS", next(passes));
    }

    @Test
    void aPassThatFailsHoldsUpNoOtherAndIsTriedAgain() throws InterruptedException {
        AtomicBoolean busy = new AtomicBoolean(true);
        policies.arriving = write -> {
            if (busy.get()) {
                throw new KubernetesClientException("busy", 503, null);
            }
            writes.add(write);
        };
        start();
        assertEquals("shop ERROR", next(passes));
        server.show("ADDED", "pay", 2);
        String pass = next(passes);
        while (pass.startsWith("shop ")) {
            pass = next(passes);
        }
        assertEquals("pay SUCCESS", pass);
        busy.set(false);
        assertEquals("create bulkhead-baseline", next(writes));
    }

    @Test
    void whoIsEnrolledAtTheStartIsNoNewsAndIsTold() throws InterruptedException {
        startAndAwaitTheFirstPass();
        InOrder order = inOrder(segments, audit, guardrails);
        order.verify(segments).begin();
        order.verify(audit).start();
        order.verify(segments).report();
        order.verify(guardrails).report();
    }

    @Test
    void aChangeOfWhoIsEnrolledIsTold() throws InterruptedException {
        startAndAwaitTheFirstPass();
        controller.enrolmentChanged();
        verify(segments, times(2)).report();
    }

    @Test
    void whoChangedAPolicyIsKnownUntilTheNamespaceIsGone() throws InterruptedException {
        startAndAwaitTheFirstPass();
        assertEquals(Optional.empty(), controller.driftedBy(BASELINE));
        controller.drifted(BASELINE, "kubectl");
        assertEquals(Optional.of("kubectl"), controller.driftedBy(BASELINE));
        controller.gone("shop");
        assertEquals(Optional.empty(), controller.driftedBy(BASELINE));
    }

    @Test
    void whatCannotBeWatchedAnyLongerIsTold() throws InterruptedException {
        startAndAwaitTheFirstPass();
        server.showNonsense();
        assertNotNull(next(stopped).getMessage());
    }

    @Test
    void closingEndsTheWorkAndIsNoFailure() throws InterruptedException {
        startAndAwaitTheFirstPass();
        Thread worker = next(workers);
        controller.close();
        worker.join(TimeUnit.SECONDS.toMillis(30));
        assertFalse(worker.isAlive());
        assertTrue(stopped.isEmpty(), stopped.toString());
        verify(audit).close();
    }

    @Test
    void oneThatWasClosedBeforeItStartedStaysClosed() {
        controller.close();
        start();
        assertEquals(List.of(), server.asked);
    }

    @Test
    void aRehearsalReadsTheSegmentsAndWritesNothing() {
        AtomicBoolean over = new AtomicBoolean();
        controller.rehearse(inventory, () -> over.getAndSet(true));
        assertTrue(server.asked.contains("/apis/bulkhead.dev/v1alpha1/segments"), server.asked.toString());
        assertTrue(over.get());
        assertEquals(List.of(), policies.writes);
    }
}
