package dev.bulkhead.cluster.inventory;

/** Whose policies a complete list of all namespaces contains. */
enum ListScope {
    EVERYBODY,
    /** Those that Bulkhead manages. */
    OURS;

    boolean covers(LivePolicy policy) {
        return this == EVERYBODY || policy.isManaged();
    }
}
