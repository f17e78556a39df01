/** {@code bulkhead who-can-reach} and {@code bulkhead reachable-from}: how far a break-in would get. */
package dev.bulkhead.app.blast;
