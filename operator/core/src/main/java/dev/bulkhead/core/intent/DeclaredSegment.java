package dev.bulkhead.core.intent;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.world.Direction;

/**
 * Namespaces under one regime.
 *
 * @param namespaces names, and globs on names
 * @param enforced empty to observe only
 * @param dns whether every workload may ask the cluster's DNS
 * @param verified whether its intents may name workloads only in ways that the API server vouches for
 */
public record DeclaredSegment(
        String name,
        ImmutableList<String> namespaces,
        ImmutableList<String> except,
        ImmutableSet<Direction> enforced,
        TrustBoundary trustBoundary,
        boolean dns,
        boolean verified) {

    /** Inside it, the declaration of one end is enough. */
    public enum TrustBoundary {
        WORKLOAD,
        NAMESPACE,
        SEGMENT
    }
}
