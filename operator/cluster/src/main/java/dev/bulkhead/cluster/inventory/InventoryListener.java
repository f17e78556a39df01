package dev.bulkhead.cluster.inventory;

import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Set;

/** Told after the inventory shows a change; the calls come from the informers' threads and must return at once. */
public interface InventoryListener {

    /** What these namespaces should hold, or do hold, may have changed. */
    void touched(Set<String> namespaces);

    /** Which namespace is in which segment may have changed, or what is to be said about a segment. */
    void enrolmentChanged();

    /**
     * Somebody else changed or deleted a policy of ours.
     *
     * @param by the field manager, where the object names it; else empty
     */
    void drifted(NetworkPolicy.Key key, String by);

    /** The namespace is gone; one that comes by the same name is another. */
    void gone(String namespace);
}
