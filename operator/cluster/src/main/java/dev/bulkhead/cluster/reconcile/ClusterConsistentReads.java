package dev.bulkhead.cluster.reconcile;

import dev.bulkhead.cluster.inventory.Revision;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks a real API server, with no resource version, so that the answer is as current as etcd. */
record ClusterConsistentReads(KubernetesClient client) implements ConsistentReads {

    private static final String API = "bulkhead.dev/v1alpha1";

    @Override
    public Optional<Definition> definition(String name) {
        return Optional.ofNullable(client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(name)
                        .get())
                .map(CustomResourceDefinition::getMetadata)
                .map(ClusterConsistentReads::definition);
    }

    private static Definition definition(ObjectMeta metadata) {
        return new Definition(Instant.parse(metadata.getCreationTimestamp()), metadata.getDeletionTimestamp() != null);
    }

    @Override
    public Map<String, Revision> revisions(String kind) {
        return revisions(client.genericKubernetesResources(API, kind).list().getItems());
    }

    @Override
    public Map<String, Revision> revisions(String kind, String namespace) {
        return revisions(client.genericKubernetesResources(API, kind)
                .inNamespace(namespace)
                .list()
                .getItems());
    }

    private static Map<String, Revision> revisions(List<GenericKubernetesResource> objects) {
        Map<String, Revision> revisions = new HashMap<>();
        objects.forEach(object -> revisions.put(object.getMetadata().getName(), Revision.of(object)));
        return revisions;
    }
}
