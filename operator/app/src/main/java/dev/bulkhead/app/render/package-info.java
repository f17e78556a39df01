/** {@code bulkhead render}: from manifests to policies, without a cluster. */
package dev.bulkhead.app.render;
