package dev.bulkhead.cluster.status;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.audit.AuditResult;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was found that segments tell of.
 *
 * @param taken by namespace, policies without which it is not enforced and whose names somebody else has taken
 * @param held by namespace, why something is not written
 * @param failing by namespace, why its passes fail
 * @param identityFlaws why nobody vouches for service accounts; nothing where the API server does
 */
record SegmentFindings(
        InventorySnapshot snapshot,
        AuditResult audited,
        List<PolicyConflict> fights,
        Map<String, ImmutableSortedSet<NetworkPolicy.Key>> taken,
        Map<String, String> held,
        Map<String, String> failing,
        List<String> identityFlaws) {

    List<PolicyConflict> fightsIn(Set<String> namespaces) {
        return fights.stream()
                .filter(fight -> namespaces.contains(fight.policy().namespace()))
                .toList();
    }

    /** In the order of the namespaces. */
    List<String> takenIn(ImmutableSortedSet<String> namespaces) {
        return namespaces.stream()
                .flatMap(namespace -> taken.getOrDefault(namespace, ImmutableSortedSet.of()).stream())
                .map(NetworkPolicy.Key::toString)
                .toList();
    }
}
