package dev.bulkhead.cluster.access;

import com.google.common.collect.ImmutableSortedSet;

/**
 * What somebody may see.
 *
 * @param everything all namespaces, those to come included, and what belongs to none
 * @param namespaces of those that there are, the ones they may see
 */
public record Scope(boolean everything, ImmutableSortedSet<String> namespaces) {

    public boolean sees(String namespace) {
        return namespaces.contains(namespace);
    }
}
