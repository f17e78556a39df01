package dev.bulkhead.cluster.inventory;

import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.log.LogQuota;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * An informer that keeps none of the objects it shows. What an object means is the handler's business; one that makes a
 * handler fail is logged and does not stop the others.
 */
final class Watched<T extends HasMetadata> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watched.class);
    /** Of a first list, so that not all objects of a large cluster are in memory at once. */
    private static final long LIST_LIMIT = 500;

    private final String name;
    private final LogQuota quota;
    private final SharedIndexInformer<T> informer;
    private final CompletableFuture<Void> listed = new CompletableFuture<>();
    private volatile boolean closed;

    /**
     * @param empty makes the object that stands in for one that is not kept
     * @param quota of lines that namespaces cause
     */
    Watched(
            String name,
            Informable<T> resources,
            Supplier<T> empty,
            Consumer<T> seen,
            Consumer<T> gone,
            LogQuota quota) {
        this.name = name;
        this.quota = quota;
        this.informer = resources
                .withLimit(LIST_LIMIT)
                .runnableInformer(0)
                .itemStore(new StubStore<>(empty))
                .removeNamespaceIndex();
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                handle(object, seen);
            }

            @Override
            public void onUpdate(T before, T object) {
                handle(object, seen);
            }

            @Override
            public void onDelete(T object, boolean finalStateUnknown) {
                handle(object, gone);
            }

            @Override
            public void onList(String resourceVersion, boolean remainedEmpty) {
                listed.complete(null);
            }
        });
    }

    private void handle(T object, Consumer<T> handler) {
        try {
            handler.accept(object);
        } catch (RuntimeException e) {
            Optional.ofNullable(object.getMetadata().getNamespace())
                    .map(namespace -> quota.line(LOG, Level.ERROR, namespace))
                    .orElseGet(LOG::atError)
                    .addKeyValue(LogKey.KIND, name)
                    .addKeyValue(LogKey.NAME, object.getMetadata().getName())
                    .setCause(e)
                    .log("Object not handled, what was known of it stays");
        }
    }

    /**
     * @param stopped told when the informer ends unasked
     * @return completes when everything of the first list was handled
     */
    CompletableFuture<Void> start(Consumer<Throwable> stopped) {
        informer.stopped().whenComplete((nothing, failure) -> {
            if (!closed) {
                Throwable cause = new IllegalStateException("the watch of " + name + " has ended", failure);
                listed.completeExceptionally(cause);
                stopped.accept(cause);
            }
        });
        informer.start().whenComplete((nothing, failure) -> {
            if (failure != null) {
                listed.completeExceptionally(failure);
            }
        });
        return listed;
    }

    boolean isHealthy() {
        return informer.isRunning() && informer.isWatching();
    }

    String name() {
        return name;
    }

    @Override
    public void close() {
        closed = true;
        informer.stop();
    }
}
