package dev.bulkhead.testkit.crd;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.bulkhead.api.v1alpha1.AccessIntent;
import dev.bulkhead.api.v1alpha1.Guardrail;
import dev.bulkhead.api.v1alpha1.Segment;
import dev.bulkhead.api.v1alpha1.WellKnownPeers;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * One object of ours, as a person writes it.
 *
 * @param causes what the API server says to it: each {@code field: part of the message}
 */
record ObjectCase(
        @JsonProperty("case") String name,
        String kind,
        Map<String, String> metadata,
        Map<String, Object> spec,
        List<String> causes) {

    ObjectCase {
        metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
        causes = causes == null ? List.of() : List.copyOf(causes);
    }

    static List<ObjectCase> read(String file) {
        try (InputStream yaml = ObjectCase.class.getResourceAsStream(file)) {
            return new KubernetesSerialization().unmarshal(yaml, new TypeReference<List<ObjectCase>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectCase named(String file, String name) {
        return read(file).stream()
                .filter(written -> written.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The Java type of the kind. */
    Class<? extends HasMetadata> type() {
        return switch (kind) {
            case "Guardrail" -> Guardrail.class;
            case "WellKnownPeers" -> WellKnownPeers.class;
            case "Segment" -> Segment.class;
            default -> AccessIntent.class;
        };
    }

    GenericKubernetesResource object() {
        var object = new GenericKubernetesResource();
        object.setApiVersion("bulkhead.dev/v1alpha1");
        object.setKind(kind);
        object.setMetadata(new ObjectMetaBuilder()
                .withName(metadata.getOrDefault("name", "case"))
                .withNamespace(Namespaced.class.isAssignableFrom(type()) ? "default" : null)
                .build());
        if (spec != null) {
            object.setAdditionalProperty("spec", spec);
        }
        return object;
    }

    <T extends HasMetadata> T typed(Class<T> asType) {
        return Serialization.unmarshal(Serialization.asJson(object()), asType);
    }

    @Override
    public String toString() {
        return kind + ": " + name;
    }
}
