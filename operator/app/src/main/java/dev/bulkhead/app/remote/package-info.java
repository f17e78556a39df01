/** Commands that ask a running operator instead of reading files or a cluster. */
package dev.bulkhead.app.remote;
