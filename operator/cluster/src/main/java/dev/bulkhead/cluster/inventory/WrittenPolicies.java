package dev.bulkhead.cluster.inventory;

import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Optional;

/** What the writer of policies tells the inventory, so that the next look sees it whenever the watch comes to show it. */
public interface WrittenPolicies {

    /**
     * A write is about to be sent; the watch may show what it does before the answer comes.
     *
     * @param wanted absent for a deletion
     */
    void writing(NetworkPolicy.Key key, Optional<NetworkPolicy> wanted);

    /** The answer to the write was dealt with, or none will come. */
    void answered(NetworkPolicy.Key key);

    /** The API server has it thus: it acknowledged a write of ours, or a read showed it. */
    void written(LivePolicy policy);

    /** A refused write or a read showed that somebody else deleted it. */
    void gone(NetworkPolicy.Key key, String uid);

    /** The API server acknowledged our deletion of it. */
    void deleted(NetworkPolicy.Key key, String uid);
}
