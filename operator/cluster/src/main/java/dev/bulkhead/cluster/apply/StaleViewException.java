package dev.bulkhead.cluster.apply;

import dev.bulkhead.core.policy.NetworkPolicy;

/** A write was refused because the object is not what the plan was made for. The plan is void; look again. */
public final class StaleViewException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StaleViewException(NetworkPolicy.Key key, Throwable cause) {
        super(key + " is not what it was when the plan was made", cause);
    }
}
