package dev.bulkhead.cluster.audit;

import dev.bulkhead.core.policy.NetworkPolicy;

/**
 * A policy by somebody else that opens what no intent asks for.
 *
 * @param writer the field manager that wrote it last; empty where it does not say
 * @param opens what it opens, by an example
 */
public record Voided(NetworkPolicy.Key policy, String writer, String opens) {}
