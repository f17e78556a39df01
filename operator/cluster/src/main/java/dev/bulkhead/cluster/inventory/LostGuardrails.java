package dev.bulkhead.cluster.inventory;

import dev.bulkhead.cluster.log.Errors;
import dev.bulkhead.cluster.log.LogKey;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
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
 * Tells guardrails that somebody lifted from those that are lost: deleting the definition deletes all objects of the kind,
 * which nobody means as leave to open what they forbid. Those that are lost stay in force until they are there again, or
 * the definition is back and they have had time to follow.
 */
final class LostGuardrails implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LostGuardrails.class);
    private static final String DEFINITION = "guardrails.bulkhead.dev";
    /** After a definition that is put back. */
    static final Duration TIME_TO_FOLLOW = Duration.ofMinutes(10);

    private static final Duration NEXT_LOOK = Duration.ofSeconds(10);

    /** Runs tasks after a while, one at a time. */
    interface Later extends AutoCloseable {

        void run(Duration delay, Runnable task);

        @Override
        void close();
    }

    private final Supplier<Optional<Instant>> definedSince;
    private final InventoryState state;
    private final Clock clock;
    private final Consumer<Touch> touched;
    private final Later later;
    private final Map<String, Instant> made = new ConcurrentHashMap<>();

    /**
     * @param definedSince when the definition was made; absent if it is not there, or is being deleted; throws {@link
     *     KubernetesClientException} if that cannot be told
     * @param clock the API server's, about
     * @param touched told when one is lifted that was taken for lost
     * @param later closed with this
     */
    LostGuardrails(
            Supplier<Optional<Instant>> definedSince,
            InventoryState state,
            Clock clock,
            Consumer<Touch> touched,
            Later later) {
        this.definedSince = definedSince;
        this.state = state;
        this.clock = clock;
        this.touched = touched;
        this.later = later;
    }

    static LostGuardrails of(KubernetesClient client, InventoryState state, Consumer<Touch> touched) {
        return new LostGuardrails(() -> definedSince(client), state, Clock.systemUTC(), touched, new OnOneThread());
    }

    private static Optional<Instant> definedSince(KubernetesClient client) {
        return Optional.ofNullable(client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(DEFINITION)
                        .get())
                .map(CustomResourceDefinition::getMetadata)
                .filter(metadata -> metadata.getDeletionTimestamp() == null)
                .map(metadata -> Instant.parse(metadata.getCreationTimestamp()));
    }

    private static final class OnOneThread implements Later {

        private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread looking = new Thread(task, "bulkhead-lost-guardrails");
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

    void seen(GenericKubernetesResource guardrail) {
        made.put(
                guardrail.getMetadata().getName(),
                Instant.parse(guardrail.getMetadata().getCreationTimestamp()));
    }

    Touch gone(String name) {
        if (isLifted(name)) {
            made.remove(name);
            return state.guardrailGone(name);
        }
        LOG.atWarn().addKeyValue(LogKey.GUARDRAIL, name).log("Guardrail lost, stays in force");
        state.guardrailLost(name);
        later.run(NEXT_LOOK, () -> look(name));
        return Touch.NOBODY;
    }

    private void look(String name) {
        if (!state.isGuardrailLost(name)) {
            return;
        }
        if (isLifted(name)) {
            LOG.atWarn().addKeyValue(LogKey.GUARDRAIL, name).log("Lost guardrail lifted");
            touched.accept(state.lostGuardrailLifted(name));
        } else {
            later.run(NEXT_LOOK, () -> look(name));
        }
    }

    /** Not while that cannot be told. */
    private boolean isLifted(String name) {
        try {
            Instant madeThen = Objects.requireNonNullElse(made.get(name), Instant.MIN);
            return definedSince()
                    .filter(defined ->
                            !madeThen.isBefore(defined) || !clock.instant().isBefore(defined.plus(TIME_TO_FOLLOW)))
                    .isPresent();
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue(LogKey.NAME, DEFINITION)
                    .addKeyValue(LogKey.ERROR, Errors.brief(e))
                    .log("Definition not read");
            return false;
        }
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
