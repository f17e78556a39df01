/** {@code bulkhead operator}: configuration, probes, and the end of the process. */
package dev.bulkhead.app.operator;
