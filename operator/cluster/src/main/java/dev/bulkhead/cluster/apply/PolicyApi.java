package dev.bulkhead.cluster.apply;

import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Optional;

/**
 * The API server's NetworkPolicies, as far as the applier needs them. Each method is one request and throws {@link
 * io.fabric8.kubernetes.client.KubernetesClientException} if the request is refused or not answered; after that it is
 * not known whether a write was carried out.
 */
public interface PolicyApi {

    /** @return the object as the API server stored it */
    LivePolicy create(NetworkPolicy policy);

    /**
     * Replaces what the policy allows and our own labels and annotations; those of others stay.
     *
     * @param live the write is refused with a conflict unless the object is this one, in this state
     * @return the object as the API server stored it
     */
    LivePolicy replace(NetworkPolicy wanted, LivePolicy live);

    /** @param live the deletion is refused with a conflict unless the object is in this state */
    void delete(LivePolicy live);

    /** Reads past all caches; absent if there is no such object. */
    Optional<LivePolicy> read(NetworkPolicy.Key key);
}
