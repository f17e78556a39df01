/** What the operator tells Prometheus: facts that are read when somebody asks, and counts of what happened. */
package dev.bulkhead.cluster.metrics;
