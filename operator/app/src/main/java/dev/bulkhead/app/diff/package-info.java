/** {@code bulkhead diff}: how what is allowed differs between two sets of manifests. */
package dev.bulkhead.app.diff;
