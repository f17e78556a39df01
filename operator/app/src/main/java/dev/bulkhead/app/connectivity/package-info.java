/** {@code bulkhead connectivity}: every allowed connection. */
package dev.bulkhead.app.connectivity;
