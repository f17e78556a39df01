/** {@code bulkhead explain}: why a connection is allowed or not, and what would change it. */
package dev.bulkhead.app.explain;
