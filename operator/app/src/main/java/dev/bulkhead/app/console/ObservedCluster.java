package dev.bulkhead.app.console;

import dev.bulkhead.cluster.Operator;
import dev.bulkhead.cluster.inventory.LiveView;

/** What the console shows: the cluster as somebody watches it. */
interface ObservedCluster {

    /** Whether it has been read once. */
    boolean hasReadAll();

    LiveView view();

    /** Whether whoever watches it also writes. */
    boolean isLeading();

    static ObservedCluster by(Operator operator) {
        return new ObservedCluster() {
            @Override
            public boolean hasReadAll() {
                return operator.hasReadAll();
            }

            @Override
            public LiveView view() {
                return operator.view();
            }

            @Override
            public boolean isLeading() {
                return operator.isLeading();
            }
        };
    }
}
