package dev.bulkhead.core.world;

import com.google.common.collect.ImmutableSortedSet;

/**
 * One pod, or what one will be.
 *
 * @param workload what owns it; itself where nothing does
 * @param traits all that policies can tell of it but its addresses
 * @param addresses none where it has no address yet
 */
public record Pod(
        String namespace,
        String name,
        WorkloadName workload,
        PodClass traits,
        ImmutableSortedSet<IpAddress> addresses) {}
