package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.core.world.Pod;

/**
 * What people are shown, at one moment. To compare two of them costs little where little changed.
 *
 * @param pods of each namespace, by name; finished ones are not listed
 * @param intentStatuses by namespace, then by name
 * @param segmentStatuses by name
 */
public record LiveView(
        InventorySnapshot snapshot,
        ImmutableSortedMap<String, ImmutableList<Pod>> pods,
        ImmutableSortedMap<String, ImmutableSortedMap<String, AccessIntentStatus>> intentStatuses,
        ImmutableSortedMap<String, SegmentStatus> segmentStatuses) {}
