package dev.bulkhead.app.console;

import dev.bulkhead.cluster.inventory.LiveView;

/** A cluster in which nothing happens, seen by a replica that leads. */
record UnchangingCluster(LiveView view) implements ObservedCluster {

    @Override
    public boolean hasReadAll() {
        return true;
    }

    @Override
    public boolean isLeading() {
        return true;
    }
}
