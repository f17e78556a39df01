/** Identity for pods that were there before the admission policies. */
package dev.bulkhead.cluster.stamp;
