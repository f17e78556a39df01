package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class InventoryStartTest {

    private static final Duration LIMIT = Duration.ofMillis(1);

    private final CompletableFuture<Void> listed = new CompletableFuture<>();
    private final Inventory inventory =
            new Inventory("bulkhead-system", List.of(), mock(InventoryListener.class), feed -> new Source());
    private volatile List<String> undefined = List.of();

    @Test
    void withADefinitionMissingItWaitsLongerThanTheLimitAndSaysWhichOne() {
        undefined = List.of("Guardrail");
        CompletableFuture<Void> started = CompletableFuture.runAsync(() -> inventory.start(LIMIT, failure -> {}));
        assertEquals(List.of("the definition of Guardrail"), inventory.awaited());
        assertThrows(TimeoutException.class, () -> started.get(3, TimeUnit.SECONDS));
        assertFalse(inventory.isComplete());
        undefined = List.of();
        listed.complete(null);
        started.join();
        assertTrue(inventory.isComplete());
    }

    @Test
    void withEverythingDefinedTheLimitHolds() {
        assertThrows(IllegalStateException.class, () -> inventory.start(LIMIT, failure -> {}));
    }

    @Test
    void whoClosesItEndsTheWait() {
        undefined = List.of("Guardrail");
        inventory.close();
        assertThrows(IllegalStateException.class, () -> inventory.start(LIMIT, failure -> {}));
    }

    private final class Source implements InventorySource {

        @Override
        public List<CompletableFuture<Void>> start(Consumer<Throwable> stopped) {
            return List.of(listed);
        }

        @Override
        public void comparePolicies(String namespace) {}

        @Override
        public void readAnew(String kind) {}

        @Override
        public List<String> interrupted() {
            return List.of();
        }

        @Override
        public List<String> undefined() {
            return undefined;
        }

        @Override
        public Optional<Instant> guardrailsDefinedSince() {
            return Optional.of(Instant.EPOCH);
        }

        @Override
        public void close() {}
    }
}
