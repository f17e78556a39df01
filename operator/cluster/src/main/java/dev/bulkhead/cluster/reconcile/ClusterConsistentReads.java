package dev.bulkhead.cluster.reconcile;

import dev.bulkhead.cluster.inventory.Revision;
import dev.bulkhead.cluster.slim.SlimLists;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Listable;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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
        return revisions(kind, client.genericKubernetesResources(API, kind));
    }

    @Override
    public Map<String, Revision> revisions(String kind, String namespace) {
        return revisions(kind, client.genericKubernetesResources(API, kind).inNamespace(namespace));
    }

    @Override
    public Map<String, Map<String, Revision>> revisionsByNamespace(String kind) {
        Map<String, Map<String, Revision>> revisions = new HashMap<>();
        each(
                kind,
                client.genericKubernetesResources(API, kind).inAnyNamespace(),
                object -> revisions
                        .computeIfAbsent(object.getMetadata().getNamespace(), unknown -> new HashMap<>())
                        .put(object.getMetadata().getName(), Revision.of(object)));
        return revisions;
    }

    private static Map<String, Revision> revisions(String kind, Listable<GenericKubernetesResourceList> objects) {
        Map<String, Revision> revisions = new HashMap<>();
        each(kind, objects, object -> revisions.put(object.getMetadata().getName(), Revision.of(object)));
        return revisions;
    }

    /** In pages, of which only the revisions are kept: there may be very many objects, and large ones. */
    private static void each(
            String kind, Listable<GenericKubernetesResourceList> objects, Consumer<GenericKubernetesResource> each) {
        String next = null;
        do {
            GenericKubernetesResourceList page = objects.list(new ListOptionsBuilder()
                    .withLimit(SlimLists.page(kind))
                    .withContinue(next)
                    .build());
            page.getItems().forEach(each);
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
    }
}
