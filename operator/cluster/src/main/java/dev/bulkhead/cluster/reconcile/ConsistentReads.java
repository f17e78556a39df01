package dev.bulkhead.cluster.reconcile;

import dev.bulkhead.cluster.inventory.Revision;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Reads that no cache answers. Each method throws {@link io.fabric8.kubernetes.client.KubernetesClientException} if it
 * cannot be told.
 */
interface ConsistentReads {

    /**
     * The definition of a kind.
     *
     * @param created by the API server's clock
     */
    record Definition(Instant created, boolean terminating) {}

    /** @param name for example {@code segments.bulkhead.dev} */
    Optional<Definition> definition(String name);

    /** The objects of one of our cluster-scoped kinds, by name. */
    Map<String, Revision> revisions(String kind);

    /** The objects of one of our namespaced kinds, by name. */
    Map<String, Revision> revisions(String kind, String namespace);

    /** The objects of one of our namespaced kinds in the whole cluster, by namespace and name. */
    Map<String, Map<String, Revision>> revisionsByNamespace(String kind);
}
