package dev.bulkhead.cluster.reconcile;

import dev.bulkhead.cluster.inventory.Revision;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Answers what it was told to, and counts. */
final class FakeReads implements ConsistentReads {

    Instant defined = Instant.parse("2026-01-01T00:00:00Z");
    String missing = "";
    Map<String, Revision> segments = Map.of();
    Map<String, Map<String, Revision>> intents = new HashMap<>();
    Optional<KubernetesClientException> failure = Optional.empty();
    int lists;

    @Override
    public Optional<Definition> definition(String name) {
        return missing.equals(name) ? Optional.empty() : Optional.of(new Definition(defined, false));
    }

    @Override
    public Map<String, Revision> revisions(String kind) {
        lists++;
        if (failure.isPresent()) {
            throw failure.get();
        }
        return kind.equals("Segment") ? segments : Map.of();
    }

    @Override
    public Map<String, Revision> revisions(String kind, String namespace) {
        lists++;
        return intents.getOrDefault(namespace, Map.of());
    }

    @Override
    public Map<String, Map<String, Revision>> revisionsByNamespace(String kind) {
        lists++;
        return intents;
    }
}
