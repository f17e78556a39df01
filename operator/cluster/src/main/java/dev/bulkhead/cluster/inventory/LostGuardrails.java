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
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

    private final KubernetesClient client;
    private final InventoryState state;
    private final Clock clock;
    private final Consumer<Touch> touched;
    private final Map<String, Instant> made = new ConcurrentHashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread looking = new Thread(task, "bulkhead-lost-guardrails");
        looking.setDaemon(true);
        return looking;
    });
    private final Executor later =
            CompletableFuture.delayedExecutor(NEXT_LOOK.toMillis(), TimeUnit.MILLISECONDS, thread);

    /** @param touched told when one is lifted that was taken for lost */
    LostGuardrails(KubernetesClient client, InventoryState state, Clock clock, Consumer<Touch> touched) {
        this.client = client;
        this.state = state;
        this.clock = clock;
        this.touched = touched;
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
        later.execute(() -> look(name));
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
            later.execute(() -> look(name));
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
     * When the definition was made; absent if it is not there, or about to go.
     *
     * @throws KubernetesClientException if that cannot be told
     */
    Optional<Instant> definedSince() {
        return Optional.ofNullable(client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(DEFINITION)
                        .get())
                .map(CustomResourceDefinition::getMetadata)
                .filter(metadata -> metadata.getDeletionTimestamp() == null)
                .map(metadata -> Instant.parse(metadata.getCreationTimestamp()));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
