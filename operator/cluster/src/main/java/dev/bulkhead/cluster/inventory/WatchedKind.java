package dev.bulkhead.cluster.inventory;

import com.google.common.base.Throwables;
import dev.bulkhead.cluster.log.Errors;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.cluster.slim.SlimLists;
import dev.bulkhead.cluster.slim.TooLarge;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import org.slf4j.spi.NOPLoggingEventBuilder;

/**
 * Watches the objects of one kind and keeps none of them. What an object means is the handler's business; one that makes a
 * handler fail is logged and does not stop the others. A watch can be opened anew: the informer is replaced by one that
 * lists everything again and takes nothing for known.
 */
final class WatchedKind<T extends HasMetadata> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedKind.class);
    private static final Duration NEXT_LINE = Duration.ofMinutes(1);

    /** Told when a list has ended and everything in it was handed on. */
    interface ListEnd {

        ListEnd UNNOTICED = (resourceVersion, holds) -> {};

        /** @param holds whether the list, or something newer, contains the object of this key and uid */
        void listed(String resourceVersion, BiPredicate<String, String> holds);
    }

    /** What becomes of the first read where the API server refuses a kind, or does not serve it. */
    enum Need {
        /** The first read fails where it is refused, and waits until it is served. */
        ESSENTIAL,
        /** It tells a single fact, of which the last that is known holds: the first read ends without it. */
        DISPENSABLE
    }

    private final String name;
    private final Need need;
    private final Informable<T> resources;
    private final Consumer<T> seen;
    private final Consumer<T> gone;
    private final ListEnd ended;
    private final LogQuota quota;
    private final CompletableFuture<Void> listed = new CompletableFuture<>();
    /** When the log was told last why the watch is interrupted. */
    private OptionalLong toldAt = OptionalLong.empty();

    private Consumer<Throwable> stopped = failure -> {};
    private volatile Run current;
    private volatile boolean closed;
    private volatile boolean undefined;
    private volatile boolean refused;

    /**
     * @param empty makes the object that stands in for one that is not kept
     * @param ended told when a list has ended, a first one or a later one, and everything in it was handed on
     * @param quota of lines that namespaces cause
     */
    WatchedKind(
            String name,
            Need need,
            Informable<T> resources,
            Supplier<T> empty,
            Consumer<T> seen,
            Consumer<T> gone,
            ListEnd ended,
            LogQuota quota) {
        this.name = name;
        this.need = need;
        this.resources = resources;
        this.seen = seen;
        this.gone = gone;
        this.ended = ended;
        this.quota = quota;
        this.current = new Run(new VersionStore<>(empty));
    }

    /** One informer from its start to its end. */
    private final class Run implements ResourceEventHandler<T> {

        private final VersionStore<T> stubs;
        private final SharedIndexInformer<T> informer;
        private volatile String listedVersion = "";

        private Run(VersionStore<T> stubs) {
            this.stubs = stubs;
            this.informer = resources
                    .withLimit(SlimLists.page(name))
                    .runnableInformer(0)
                    .itemStore(stubs)
                    .removeNamespaceIndex();
            informer.addEventHandler(this);
            informer.exceptionHandler(this::isToBeRetried);
        }

        /** The API server may be away, or the definition of the kind; what it forbids at the start it will go on to forbid. */
        private boolean isToBeRetried(boolean started, Throwable failure) {
            int code = Throwables.getCausalChain(failure).stream()
                    .filter(KubernetesClientException.class::isInstance)
                    .map(cause -> ((KubernetesClientException) cause).getCode())
                    .findFirst()
                    .orElse(0);
            boolean absent = code == HttpURLConnection.HTTP_NOT_FOUND;
            if (need == Need.DISPENSABLE && (absent || code == HttpURLConnection.HTTP_FORBIDDEN)) {
                doWithout(failure);
                return true;
            }
            undefined = absent;
            line(failure).log("Watch interrupted, tried again");
            boolean forbidden = code == HttpURLConnection.HTTP_FORBIDDEN || code == HttpURLConnection.HTTP_UNAUTHORIZED;
            return started || listed.isDone() || !forbidden;
        }

        private void start() {
            informer.stopped().whenComplete((nothing, failure) -> {
                if (!closed && this == current) {
                    Throwable cause = new IllegalStateException("the watch of " + name + " has ended", failure);
                    listed.completeExceptionally(cause);
                    stopped.accept(cause);
                }
            });
            informer.start().whenComplete((nothing, failure) -> {
                if (failure != null && this == current) {
                    listed.completeExceptionally(failure);
                }
            });
        }

        @Override
        public void onAdd(T object) {
            handSeen(object);
        }

        @Override
        public void onUpdate(T before, T object) {
            handSeen(object);
        }

        private void handSeen(T object) {
            hand(() -> handle(object, delivered -> {
                TooLarge.markIfTooLarge(name, delivered);
                seen.accept(delivered);
            }));
        }

        @Override
        public void onDelete(T object, boolean finalStateUnknown) {
            hand(() -> {
                handle(object, gone);
                stubs.removalHandedOn(object);
            });
        }

        @Override
        public void onList(String resourceVersion, boolean remainedEmpty) {
            listedVersion = resourceVersion;
            refused = false;
            hand(() -> {
                ended.listed(resourceVersion, stubs::holds);
                listed.complete(null);
            });
        }

        /** What a replaced informer still has to say, its successor says, too. */
        private void hand(Runnable event) {
            synchronized (WatchedKind.this) {
                if (this == current) {
                    event.run();
                }
            }
        }
    }

    /** It is tried again like any other, and whoever waits for the first list goes on. */
    private void doWithout(Throwable failure) {
        if (!refused) {
            refused = true;
            line(failure).log("Kind refused, done without until it is not");
        }
        listed.complete(null);
    }

    /** It is tried again every few seconds, for hours if need be, so that only now and then there is a line. */
    private synchronized LoggingEventBuilder line(Throwable failure) {
        long now = System.nanoTime();
        if (toldAt.isPresent() && now - toldAt.getAsLong() < NEXT_LINE.toNanos()) {
            return NOPLoggingEventBuilder.singleton();
        }
        toldAt = OptionalLong.of(now);
        return LOG.atWarn().addKeyValue(LogKey.KIND, name).addKeyValue(LogKey.ERROR, Errors.brief(failure));
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
     * @param whenStopped told when the watch ends unasked
     * @return completes when everything of the first list was handled
     */
    CompletableFuture<Void> start(Consumer<Throwable> whenStopped) {
        stopped = whenStopped;
        current.start();
        return listed;
    }

    /** Lists everything anew, and watches on a new connection. */
    void reopen() {
        Run before;
        Run next;
        synchronized (this) {
            if (closed) {
                return;
            }
            before = current;
            next = new Run(before.stubs.successor());
            current = next;
        }
        before.informer.stop();
        next.start();
    }

    /** Whether the API server does not know the kind; it is asked again until it does. */
    boolean isUndefined() {
        return undefined && !isHealthy();
    }

    /** Whether the API server refuses the kind, or does not serve it, and the operator goes on without. */
    boolean isDoneWithout() {
        return refused && !isHealthy();
    }

    boolean isHealthy() {
        return current.informer.isRunning() && current.informer.isWatching();
    }

    /** Changes, as an object, with every event and bookmark; a new informer has none yet. */
    Optional<Object> lastSign() {
        return Optional.ofNullable(current.informer.lastSyncResourceVersion());
    }

    /** Whether nothing has come since the last list, or a bookmark alone that repeats its version. */
    boolean hasOnlyListed() {
        Run run = current;
        return run.listedVersion.equals(run.informer.lastSyncResourceVersion());
    }

    /** Grows while a list comes in. */
    long objectsRead() {
        return current.stubs.puts();
    }

    String name() {
        return name;
    }

    @Override
    public void close() {
        Run last;
        synchronized (this) {
            closed = true;
            last = current;
        }
        last.informer.stop();
    }
}
