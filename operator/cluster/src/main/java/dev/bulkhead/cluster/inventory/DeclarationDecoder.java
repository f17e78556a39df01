package dev.bulkhead.cluster.inventory;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.Maps;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.GuardrailStatus;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.api.v1alpha1.WellKnownPeers;
import dev.bulkhead.cluster.decode.GuardrailReader;
import dev.bulkhead.cluster.decode.IntentReader;
import dev.bulkhead.cluster.decode.SegmentReader;
import dev.bulkhead.cluster.decode.WellKnownPeersReader;
import dev.bulkhead.cluster.log.Errors;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.cluster.slim.TooLarge;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.WellKnownPlaces;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Decodes objects of our own kinds one by one, so that one that does not decode is nobody else's problem. */
final class DeclarationDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(DeclarationDecoder.class);

    private static final long REMEMBERED = 10_000;
    private static final String STATUS = "status";
    /** What is declared is kept as rules, and as the policies that these lead to. */
    private static final int COPIES = 2;

    private final KubernetesSerialization serialization;
    private final LogQuota quota;
    private final Cache<String, Revision> rejected =
            CacheBuilder.newBuilder().maximumSize(REMEMBERED).build();
    private final IntentReader intents = new IntentReader();
    private final SegmentReader segments = new SegmentReader();
    private final GuardrailReader guardrails = new GuardrailReader();
    private final WellKnownPeersReader wellKnownPeers = new WellKnownPeersReader();

    /** @param quota of lines that namespaces cause */
    DeclarationDecoder(KubernetesSerialization serialization, LogQuota quota) {
        this.quota = quota;
        this.serialization = serialization;
    }

    DecodedObject<DeclaredIntent, AccessIntentStatus> intent(GenericKubernetesResource object) {
        return decode(
                object,
                AccessIntentStatus.class,
                () -> intents.read(declared(object, dev.bulkhead.api.v1alpha1.AccessIntent.class)));
    }

    LiveStatus<AccessIntentStatus> intentStatus(GenericKubernetesResource object) {
        return liveStatus(object, AccessIntentStatus.class);
    }

    DecodedObject<DeclaredSegment, SegmentStatus> segment(GenericKubernetesResource object) {
        return decode(
                object,
                SegmentStatus.class,
                () -> segments.read(declared(object, dev.bulkhead.api.v1alpha1.Segment.class)));
    }

    DecodedObject<DeclaredGuardrail, GuardrailStatus> guardrail(GenericKubernetesResource object) {
        return decode(
                object,
                GuardrailStatus.class,
                () -> guardrails.read(declared(object, dev.bulkhead.api.v1alpha1.Guardrail.class)));
    }

    /** It has no status. */
    DecodedObject<WellKnownPlaces, Void> wellKnownPeers(GenericKubernetesResource object) {
        return decode(object, Void.class, () -> wellKnownPeers.read(declared(object, WellKnownPeers.class)));
    }

    /** Without its status: whatever that says, and whoever wrote it, the object means what its spec says. */
    private <T> T declared(GenericKubernetesResource object, Class<T> type) {
        GenericKubernetesResource declaration = new GenericKubernetesResource();
        declaration.setMetadata(object.getMetadata());
        declaration.setAdditionalProperties(
                Maps.filterKeys(object.getAdditionalProperties(), key -> !key.equals(STATUS)));
        return serialization.convertValue(declaration, type);
    }

    private <M, S> DecodedObject<M, S> decode(GenericKubernetesResource object, Class<S> statusType, Supplier<M> spec) {
        LiveStatus<S> status = liveStatus(object, statusType);
        if (TooLarge.isMarked(object)) {
            return rejected(object, TooLarge.PROBLEM, status);
        }
        try {
            long weight = COPIES * MemoryWeights.declared(object.get("spec"));
            return new DecodedObject<>(Optional.of(spec.get()), "", status, weight);
        } catch (RuntimeException e) {
            return rejected(object, firstLine(e), status);
        }
    }

    private <M, S> DecodedObject<M, S> rejected(
            GenericKubernetesResource object, String problem, LiveStatus<S> status) {
        logRejected(object, status.revision(), problem);
        return new DecodedObject<>(Optional.empty(), problem, status, /* weight= */ 0);
    }

    /** Once for each version: every write of a status shows the object again. */
    private void logRejected(GenericKubernetesResource object, Revision revision, String problem) {
        String name = object.getMetadata().getName();
        Optional<String> namespace = Optional.ofNullable(object.getMetadata().getNamespace());
        if (revision.equals(
                rejected.asMap().put(object.getKind() + "/" + namespace.orElse("") + "/" + name, revision))) {
            return;
        }
        namespace
                .map(of -> quota.line(LOG, Level.WARN, of))
                .orElseGet(LOG::atWarn)
                .addKeyValue(LogKey.KIND, object.getKind())
                .addKeyValue(LogKey.NAME, name)
                .addKeyValue(LogKey.NOTE, problem)
                .log("Object rejected");
    }

    private <S> LiveStatus<S> liveStatus(GenericKubernetesResource object, Class<S> type) {
        return new LiveStatus<>(
                Revision.of(object), status(object, type), object.getMetadata().getResourceVersion());
    }

    /** A status that is not ours to read is one to be written anew. */
    private <S> Optional<S> status(GenericKubernetesResource object, Class<S> type) {
        try {
            return Optional.ofNullable(object.get(STATUS)).map(status -> serialization.convertValue(status, type));
        } catch (RuntimeException e) {
            LOG.atDebug()
                    .addKeyValue(LogKey.KIND, object.getKind())
                    .addKeyValue(LogKey.NAME, object.getMetadata().getName())
                    .addKeyValue(LogKey.ERROR, Errors.brief(e))
                    .log("Status not understood");
            return Optional.empty();
        }
    }

    private static String firstLine(RuntimeException e) {
        String message = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
        return message.lines().findFirst().orElse("");
    }
}
