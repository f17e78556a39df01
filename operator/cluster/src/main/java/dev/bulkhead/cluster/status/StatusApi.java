package dev.bulkhead.cluster.status;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.Map;

/**
 * What reporters need of the API server. Each method is one request and throws {@link
 * io.fabric8.kubernetes.client.KubernetesClientException} if the request is refused or not answered; after that it is not
 * known whether it was carried out.
 */
public interface StatusApi {

    /**
     * Merges into the status of an object of our own kinds, and changes nothing else of it.
     *
     * @param namespace null for a cluster-scoped kind
     * @param uid of the object that this is about; refused with a conflict if another one has its name
     * @param members of the status, by name; null for those that it is to have no longer
     * @return the resourceVersion of the object after the write
     */
    String patch(String kind, String namespace, String name, String uid, Map<String, Object> members);

    void create(Event event);
}
