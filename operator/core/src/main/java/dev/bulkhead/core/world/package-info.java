/** What is there: namespaces, workloads, classes of pods with equal labels, services, and the values they are made of. */
package dev.bulkhead.core.world;
