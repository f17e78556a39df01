/** The operator: from informers to policies, and back to the status of what was declared. */
package dev.bulkhead.cluster;
