package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.World;

/**
 * Everything that is known, at one moment. Immutable; what did not change is shared between one snapshot and the next.
 *
 * @param declared by namespace; one without intents is not listed
 * @param segmentRevisions of the segments that decode, by name
 * @param segmentRejections the segments that do not decode, by name
 * @param guardrailRevisions likewise, of the guardrails
 * @param guardrailRejections likewise, of the guardrails
 * @param wellKnownRevisions likewise, of the places of well-known peers
 * @param wellKnownRejections likewise, of the places of well-known peers
 * @param policies by namespace, then by name; everybody's
 */
public record InventorySnapshot(
        World world,
        Declarations declarations,
        Enrolment enrolment,
        ImmutableSortedMap<String, NamespaceDeclarations> declared,
        ImmutableSortedMap<String, Revision> segmentRevisions,
        ImmutableSortedMap<String, Rejection> segmentRejections,
        ImmutableSortedMap<String, Revision> guardrailRevisions,
        ImmutableSortedMap<String, Rejection> guardrailRejections,
        ImmutableSortedMap<String, Revision> wellKnownRevisions,
        ImmutableSortedMap<String, Rejection> wellKnownRejections,
        ImmutableSortedMap<String, ImmutableSortedMap<String, LivePolicy>> policies) {

    public ImmutableSortedMap<String, LivePolicy> policies(String namespace) {
        return policies.getOrDefault(namespace, ImmutableSortedMap.of());
    }

    /** Those that Bulkhead did not write. */
    public ImmutableList<NetworkPolicy> policiesByOthers(String namespace) {
        return policies(namespace).values().stream()
                .filter(live -> !live.isManaged())
                .map(LivePolicy::policy)
                .collect(ImmutableList.toImmutableList());
    }

    /** The policies by others of which it cannot be told what they allow and whom they isolate. */
    public ImmutableList<LivePolicy> unreadable(String namespace) {
        return policies(namespace).values().stream()
                .filter(live -> live.problem().isPresent() && !live.isManaged())
                .collect(ImmutableList.toImmutableList());
    }

    public NamespaceDeclarations declared(String namespace) {
        return declared.getOrDefault(namespace, NamespaceDeclarations.NOTHING);
    }
}
