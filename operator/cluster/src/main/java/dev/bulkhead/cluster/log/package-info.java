/** What lines of the log have in common: the names of their keys, and how many a namespace may cause. */
package dev.bulkhead.cluster.log;
