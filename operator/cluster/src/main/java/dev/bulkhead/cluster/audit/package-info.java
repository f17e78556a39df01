/** Looks, besides the work, at what is open against everybody's declarations. */
package dev.bulkhead.cluster.audit;
