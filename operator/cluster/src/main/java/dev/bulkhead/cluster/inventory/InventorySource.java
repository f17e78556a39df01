package dev.bulkhead.cluster.inventory;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Where the inventory's objects come from: the watches of a real API server, or a simulated one. */
interface InventorySource extends AutoCloseable {

    /**
     * Reads everything once, and goes on to watch it.
     *
     * @param stopped told when something can be watched no longer
     * @return one for each kind, complete once everything of its first list was taken in
     */
    List<CompletableFuture<Void>> start(Consumer<Throwable> stopped);

    /** The kinds that are not being watched right now. */
    List<String> interrupted();

    /** The interrupted kinds that the API server refuses or does not serve and that nothing waits for. */
    default List<String> doneWithout() {
        return List.of();
    }

    /** For how long the watch of each kind has shown no list, no event and no bookmark. */
    default Map<String, Duration> quiet() {
        return Map.of();
    }

    /** The kinds that the API server does not know; it is asked for them until it does. */
    default List<String> undefined() {
        return List.of();
    }

    /** When the definition of guardrails was made; absent if it is not there, or is being deleted. */
    Optional<Instant> guardrailsDefinedSince();

    /**
     * Compares the namespace's policies with a list that no cache answers, and takes in what the watch did not show so far.
     *
     * @throws KubernetesClientException if they cannot be read
     */
    void comparePolicies(String namespace);

    /** Lists all objects of the kind anew, since its watch seems to have lost something. */
    void readAnew(String kind);

    @Override
    void close();
}
