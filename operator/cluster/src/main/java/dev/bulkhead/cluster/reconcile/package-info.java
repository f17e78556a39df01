/** Namespace by namespace: from what is there to what should be there. */
package dev.bulkhead.cluster.reconcile;
