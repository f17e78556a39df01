/** Lists of the API server, reduced to what the operator reads of them while they arrive. */
package dev.bulkhead.cluster.slim;
