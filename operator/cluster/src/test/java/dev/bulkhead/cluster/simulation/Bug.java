package dev.bulkhead.cluster.simulation;

import dev.bulkhead.cluster.apply.PolicyApi;
import dev.bulkhead.cluster.inventory.InventoryListener;
import dev.bulkhead.cluster.inventory.SimulatedInventory;
import dev.bulkhead.cluster.status.StatusApi;

/** A defect that can be planted between the parts of the product, in each process anew. */
interface Bug {

    Bug NONE = new Bug() {};

    default InventoryListener listener(InventoryListener controller) {
        return controller;
    }

    default SimulatedInventory.Source source(SimulatedInventory.Source source) {
        return source;
    }

    default PolicyApi api(PolicyApi api) {
        return api;
    }

    default StatusApi statuses(StatusApi api) {
        return api;
    }

    /** Whether this gate, by the name of its class, is asked. */
    default boolean asks(String gate) {
        return true;
    }

    /** Whether what is read past all caches is. */
    default boolean readsPastCaches() {
        return true;
    }

    /** How often a namespace is tried again that failed. */
    default int retries() {
        return Integer.MAX_VALUE;
    }

    /** Whether a pass that asks to be called again is. */
    default boolean comesBack() {
        return true;
    }
}
