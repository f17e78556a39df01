/** NetworkPolicies: ours in canonical form, and anybody's for judging them. */
package dev.bulkhead.core.policy;
