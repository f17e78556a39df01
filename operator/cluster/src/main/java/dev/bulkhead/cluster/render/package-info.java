/** From the values of the core to the objects of Kubernetes, and to YAML. */
package dev.bulkhead.cluster.render;
