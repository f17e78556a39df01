package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;

/**
 * What became of one intent.
 *
 * @param rules in the order of the intent: outbound, then inbound
 * @param workload how sure it is whom it speaks for
 * @param policies that carry it, its own namespace's and, inside a trust boundary, those of others
 */
public record IntentOutcome(
        Assurance workload, ImmutableList<RuleOutcome> rules, ImmutableSortedSet<NetworkPolicy.Key> policies) {}
