package dev.bulkhead.cluster.reconcile;

import dev.bulkhead.cluster.inventory.Revision;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
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
    private static final long PAGE = 500;

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

    /** In pages, of which only the revisions are kept: there may be very many objects. */
    @Override
    public Map<String, Map<String, Revision>> revisionsByNamespace(String kind) {
        Map<String, Map<String, Revision>> revisions = new HashMap<>();
        String next = null;
        do {
            GenericKubernetesResourceList page = client.genericKubernetesResources(API, kind)
                    .inAnyNamespace()
                    .list(new ListOptionsBuilder()
                            .withLimit(PAGE)
                            .withContinue(next)
                            .build());
            page.getItems()
                    .forEach(object -> revisions
                            .computeIfAbsent(object.getMetadata().getNamespace(), unknown -> new HashMap<>())
                            .put(object.getMetadata().getName(), Revision.of(object)));
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return revisions;
    }

    private static Map<String, Revision> revisions(List<GenericKubernetesResource> objects) {
        Map<String, Revision> revisions = new HashMap<>();
        objects.forEach(object -> revisions.put(object.getMetadata().getName(), Revision.of(object)));
        return revisions;
    }
}
