package dev.bulkhead.core.world;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;

/**
 * All pods of a namespace that no policy can tell apart. Costs follow the number of classes, not of pods; finished pods
 * belong to none.
 */
public record PodClass(
        ImmutableSortedMap<String, String> labels,
        String serviceAccount,
        ImmutableSortedSet<ContainerPort> ports,
        boolean hostNetwork) {}
