package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.api.v1alpha1.WellKnownFound;
import dev.bulkhead.api.v1alpha1.WellKnownPeer;
import dev.bulkhead.api.v1alpha1.WellKnownSource;
import dev.bulkhead.cluster.OperatorSettings;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.IpAddress;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class InventoryStartTest {

    private static final Duration LIMIT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final RecordingListener listener = new RecordingListener();
    private final FakeSource source = new FakeSource();
    private Inventory.Feed feed;
    private final Inventory inventory =
            new Inventory("bulkhead-system", List.of(), OperatorSettings.DEFAULT_NAMESPACE_MEMORY, listener, given -> {
                feed = given;
                return source;
            });
    private int looksLeft;

    @Test
    void withADefinitionMissingItWaitsLongerThanTheLimitAndSaysWhichOne() {
        source.undefined = () -> List.of("Guardrail");
        assertEquals(List.of("the definition of Guardrail"), inventory.awaited());
        source.undefined = looks(3, List.of("Guardrail"));
        inventory.start(LIMIT, failure -> {});
        assertEquals(0, looksLeft);
        assertTrue(inventory.isComplete());
    }

    @Test
    void onceTheDefinitionIsThereTheLimitHolds() {
        source.undefined = () -> looksLeft-- > 0 ? List.of("Guardrail") : List.of();
        looksLeft = 1;
        assertThrows(IllegalStateException.class, () -> inventory.start(LIMIT, failure -> {}));
    }

    @Test
    void withEverythingDefinedTheLimitHolds() {
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> inventory.start(LIMIT, ignored -> {}));
        assertTrue(failure.getMessage().contains("could not be read within"), failure.getMessage());
        assertEquals(List.of("the first read"), inventory.awaited());
    }

    @Test
    void withinTheLimitItWaitsForTheListsAndTellsNobodyBefore() {
        source.undefined = looks(2, List.of());
        inventory.start(LONG, failure -> {});
        assertEquals(0, looksLeft);
        assertTrue(inventory.isComplete());
        assertEquals(List.of("enrolment"), listener.told);
    }

    /** What a source says each time it is looked at; the last time the lists end. */
    private Supplier<List<String>> looks(int number, List<String> undefined) {
        looksLeft = number;
        return () -> {
            looksLeft--;
            assertFalse(inventory.isComplete());
            assertEquals(List.of(), listener.told);
            if (looksLeft == 0) {
                source.listed.complete(null);
            }
            return undefined;
        };
    }

    /** What rests on a fact is not withdrawn because the right to read it was taken away before a restart. */
    @Test
    void whatCannotBeReadIsWhereTheStatusesOfSegmentsSayThatItWasLast() {
        SegmentStatus said = new SegmentStatus(
                1L,
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                List.of(),
                List.of(new WellKnownFound(
                        WellKnownPeer.KUBE_API_SERVER, WellKnownSource.FOUND, "192.0.2.10/32 on TCP 6443")),
                List.of());
        feed.state().segment("town", Sightings.of(Sightings.segment("town", "shop"), 1, Optional.of(said), "9"));
        source.listed.complete(null);
        inventory.start(LONG, failure -> {});
        assertEquals(
                Set.of(new ClusterFacts.SocketAddress(IpAddress.parse("192.0.2.10"), 6443)),
                inventory.snapshot().world().facts().apiServers());
    }

    @Test
    void aListThatCannotBeReadEndsTheStartAndSaysWhy() {
        source.listed.completeExceptionally(new IllegalArgumentException("it is forbidden"));
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> inventory.start(LONG, ignored -> {}));
        assertEquals("the cluster cannot be read: it is forbidden", failure.getMessage());
        assertInstanceOf(IllegalArgumentException.class, failure.getCause());
        assertFalse(inventory.isComplete());
    }

    @Test
    void whoClosesItEndsTheWait() {
        source.undefined = () -> List.of("Guardrail");
        inventory.close();
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> inventory.start(LIMIT, ignored -> {}));
        assertTrue(failure.getMessage().startsWith("closed"), failure.getMessage());
        assertEquals(List.of("close"), source.asked);
    }

    /** Guardrails are not known to be none for as long as nobody knows what becomes of their definition. */
    @Test
    void itWaitsForTheDefinitionOfGuardrailsHoweverLongItIsBeingDeleted() {
        source.listed.complete(null);
        looksLeft = 2;
        source.guardrailsDefinedSince = () -> {
            assertFalse(inventory.isComplete());
            return looksLeft-- > 0 ? Optional.empty() : Optional.of(Instant.EPOCH);
        };
        inventory.start(LIMIT, failure -> {});
        assertTrue(inventory.isComplete());
        assertEquals(-1, looksLeft);
    }

    @Test
    void whoClosesItEndsTheWaitForTheDefinition() {
        source.listed.complete(null);
        source.guardrailsDefinedSince = Optional::empty;
        inventory.close();
        assertThrows(IllegalStateException.class, () -> inventory.start(LIMIT, ignored -> {}));
    }

    @Test
    void aDefinitionThatCannotBeReadAtOnceIsReadAgain() {
        source.listed.complete(null);
        looksLeft = 1;
        source.guardrailsDefinedSince = () -> {
            if (looksLeft-- > 0) {
                throw new KubernetesClientException("away");
            }
            return Optional.of(Instant.EPOCH);
        };
        inventory.start(LONG, ignored -> {});
        assertTrue(inventory.isComplete());
    }

    @Test
    void aDefinitionThatCannotBeReadWithinTheLimitEndsTheStart() {
        source.listed.complete(null);
        source.guardrailsDefinedSince = () -> {
            throw new KubernetesClientException("it is forbidden");
        };
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> inventory.start(LIMIT, ignored -> {}));
        assertEquals("the cluster cannot be read: it is forbidden", failure.getMessage());
        assertFalse(inventory.isComplete());
    }

    @Test
    void whoInterruptsItEndsTheWait() {
        Thread.currentThread().interrupt();
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> inventory.start(LONG, ignored -> {}));
        assertInstanceOf(InterruptedException.class, failure.getCause());
        assertTrue(Thread.interrupted(), "whoever runs the thread is told, too");
    }

    @Test
    void whoStartsItIsToldWhenAWatchEnds() {
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        source.listed.complete(null);
        inventory.start(LONG, told::complete);
        RuntimeException end = new CompletionException("the end", null);
        source.stopped.accept(end);
        assertSame(end, told.join());
    }
}
