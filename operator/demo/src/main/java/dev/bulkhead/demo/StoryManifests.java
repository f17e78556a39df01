package dev.bulkhead.demo;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Manifests on the class path. */
final class StoryManifests {

    static final String WORKLOADS = "/dev/bulkhead/demo/workloads.yaml";
    static final String SEGMENTS = "/dev/bulkhead/demo/segments.yaml";
    static final String INTENTS = "/dev/bulkhead/demo/intents.yaml";
    static final String PAYMENTS = "/dev/bulkhead/demo/payments.yaml";
    static final List<String> DEFINITIONS = List.of(
            "/crds/bulkhead.dev_accessintents.yaml",
            "/crds/bulkhead.dev_guardrails.yaml",
            "/crds/bulkhead.dev_wellknownpeers.yaml",
            "/crds/bulkhead.dev_segments.yaml");

    private final KubernetesClient client;

    StoryManifests(KubernetesClient client) {
        this.client = client;
    }

    List<String> lines(String manifest) {
        try (InputStream yaml = open(manifest)) {
            return new String(yaml.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<HasMetadata> apply(String manifest) {
        try (InputStream yaml = open(manifest)) {
            return client.load(yaml).items().stream()
                    .map(object -> client.resource(object).serverSideApply())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String manifest) {
        InputStream yaml = StoryManifests.class.getResourceAsStream(manifest);
        if (yaml == null) {
            throw new IllegalStateException("not on the class path: " + manifest);
        }
        return yaml;
    }
}
