package dev.bulkhead.cluster.inventory;

import dev.bulkhead.core.policy.NetworkPolicy;

/** What the writer of policies tells the inventory, so that the next look sees it whenever the watch comes to show it. */
public interface Policies {

    /** The API server has it thus: it acknowledged a write of ours, or a read showed it. */
    void written(LivePolicy policy);

    /** The API server acknowledged its deletion. */
    void deleted(NetworkPolicy.Key key, String uid);
}
