/**
 * Runs the inventory, the reconciler and the applier against an API server in memory, with a scheduler and a clock of its
 * own, so that one seed gives one interleaving; and judges every state that a write leads to.
 */
package dev.bulkhead.cluster.simulation;
