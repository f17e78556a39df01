/** The only reader of the cluster: informers at whose door objects become records, and snapshots of all of it. */
package dev.bulkhead.cluster.inventory;
