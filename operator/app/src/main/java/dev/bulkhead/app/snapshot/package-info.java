/** What commands look at, read from files or from a cluster, and the options by which they are told. */
package dev.bulkhead.app.snapshot;
