/** The only writer of NetworkPolicies. */
package dev.bulkhead.cluster.apply;
