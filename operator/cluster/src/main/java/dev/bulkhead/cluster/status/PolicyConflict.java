package dev.bulkhead.cluster.status;

import dev.bulkhead.core.policy.NetworkPolicy;

/**
 * A policy that somebody changes as often as it is put right.
 *
 * @param by the field manager that did it last; empty where it is not known
 */
public record PolicyConflict(NetworkPolicy.Key policy, String by) {

    @Override
    public String toString() {
        return policy + (by.isEmpty() ? "" : " (by " + by + ")");
    }
}
