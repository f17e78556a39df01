package dev.bulkhead.cluster.inventory;

import com.google.common.base.Ticker;
import dev.bulkhead.cluster.log.Errors;
import dev.bulkhead.cluster.log.LogKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells declarations that somebody deleted from those that are lost: deleting the definition deletes all objects of the
 * kind, which nobody means as leave to open what they forbid. Whatever goes stays in force until that is decided; what is
 * lost stays in force until it is there again, or the definition is back and it has had time to follow.
 */
final class LostDeclarations implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LostDeclarations.class);
    static final String GUARDRAILS = "guardrails.bulkhead.dev";
    static final String WELL_KNOWN_PEERS = "wellknownpeers.bulkhead.dev";
    /** After a definition that is put back. */
    static final Duration TIME_TO_FOLLOW = Duration.ofMinutes(10);

    private static final Duration NEXT_LOOK = Duration.ofSeconds(10);

    /** Runs tasks after a while, one at a time. */
    interface Later extends AutoCloseable {

        void run(Duration delay, Runnable task);

        @Override
        void close();
    }

    /** The objects of one kind as they are in force. */
    interface InForce {

        /** The object is gone, and what it says no longer holds. */
        AffectedNamespaces deleted(String name);

        /** The object is gone, and what it says holds. */
        void lost(String name);

        /** Unless it has come back by now. */
        boolean isLost(String name);
    }

    private final String definition;
    private final Supplier<Optional<Instant>> definedSince;
    private final InForce inForce;
    private final Ticker ticker;
    private final Consumer<AffectedNamespaces> touched;
    private final Later later;
    private final Map<String, Instant> made = new ConcurrentHashMap<>();
    /** The definition that the last look found. */
    private Optional<Found> found = Optional.empty();

    /** @param since on the ticker, when a look found it first */
    private record Found(Instant made, long since) {}

    /**
     * @param definition its name
     * @param definedSince when the definition was made; absent if it is not there, or is being deleted; throws {@link
     *     KubernetesClientException} if that cannot be told
     * @param ticker for the time to follow: a wall clock that is ahead would cut it short
     * @param touched told when one is deleted rather than lost
     * @param later closed with this
     */
    LostDeclarations(
            String definition,
            Supplier<Optional<Instant>> definedSince,
            InForce inForce,
            Ticker ticker,
            Consumer<AffectedNamespaces> touched,
            Later later) {
        this.definition = definition;
        this.definedSince = definedSince;
        this.inForce = inForce;
        this.ticker = ticker;
        this.touched = touched;
        this.later = later;
    }

    static LostDeclarations of(
            KubernetesClient client, String definition, InForce inForce, Consumer<AffectedNamespaces> touched) {
        return new LostDeclarations(
                definition,
                () -> definedSince(client, definition),
                inForce,
                Ticker.systemTicker(),
                touched,
                new OnOneThread());
    }

    private static Optional<Instant> definedSince(KubernetesClient client, String definition) {
        return Optional.ofNullable(client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(definition)
                        .get())
                .map(CustomResourceDefinition::getMetadata)
                .filter(metadata -> metadata.getDeletionTimestamp() == null)
                .map(metadata -> Instant.parse(metadata.getCreationTimestamp()));
    }

    private static final class OnOneThread implements Later {

        private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread looking = new Thread(task, "bulkhead-lost-declarations");
            looking.setDaemon(true);
            return looking;
        });

        @Override
        public void run(Duration delay, Runnable task) {
            CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, thread)
                    .execute(task);
        }

        @Override
        public void close() {
            thread.shutdownNow();
        }
    }

    void seen(HasMetadata object) {
        made.put(
                object.getMetadata().getName(),
                Instant.parse(object.getMetadata().getCreationTimestamp()));
    }

    /** Returns at once; whether it was deleted or is lost is found out later. */
    void gone(String name) {
        inForce.lost(name);
        later.run(Duration.ZERO, () -> look(name, /* first= */ true));
    }

    private void look(String name, boolean first) {
        if (!inForce.isLost(name)) {
            return;
        }
        if (isDeleted(name)) {
            if (!first) {
                LOG.atWarn()
                        .addKeyValue(LogKey.KIND, definition)
                        .addKeyValue(LogKey.NAME, name)
                        .log("Lost declaration lifted");
            }
            made.remove(name);
            touched.accept(inForce.deleted(name));
            return;
        }
        if (first) {
            LOG.atWarn()
                    .addKeyValue(LogKey.KIND, definition)
                    .addKeyValue(LogKey.NAME, name)
                    .log("Declaration lost, stays in force");
        }
        later.run(NEXT_LOOK, () -> look(name, /* first= */ false));
    }

    /** Not while that cannot be told. */
    private boolean isDeleted(String name) {
        try {
            Instant madeThen = Objects.requireNonNullElse(made.get(name), Instant.MIN);
            return definedSince()
                    .filter(defined -> !madeThen.isBefore(defined) || hasHadTimeToFollow(defined))
                    .isPresent();
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue(LogKey.NAME, definition)
                    .addKeyValue(LogKey.ERROR, Errors.brief(e))
                    .log("Definition not read");
            return false;
        }
    }

    private boolean hasHadTimeToFollow(Instant defined) {
        long now = ticker.read();
        Found back = found.filter(before -> before.made().equals(defined)).orElseGet(() -> new Found(defined, now));
        found = Optional.of(back);
        return now - back.since() >= TIME_TO_FOLLOW.toNanos();
    }

    /**
     * When the definition was made; absent if it is not there, or is being deleted.
     *
     * @throws KubernetesClientException if that cannot be told
     */
    Optional<Instant> definedSince() {
        return definedSince.get();
    }

    @Override
    public void close() {
        later.close();
    }
}
