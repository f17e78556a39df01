/** From the objects of Kubernetes and of {@code bulkhead.dev} to the values of the core: one small class for each kind. */
package dev.bulkhead.cluster.decode;
