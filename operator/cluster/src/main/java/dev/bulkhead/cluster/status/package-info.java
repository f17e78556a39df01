/** What is said of the objects of our own kinds: their status, and Events. Apart from the writing of policies, and after it. */
package dev.bulkhead.cluster.status;
