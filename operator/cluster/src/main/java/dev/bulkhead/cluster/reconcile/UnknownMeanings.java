package dev.bulkhead.cluster.reconcile;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.Snapshot;
import dev.bulkhead.core.compile.UnresolvedGuardrails;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is done about objects that never decoded while this process ran: what they once meant is known only from the
 * policies that carry it, so those stay as they are.
 */
final class UnknownMeanings {

    private UnknownMeanings() {}

    /** Why nothing may change: where well-known peers are is not understood. */
    private static Optional<String> placesUnknown(Snapshot snapshot) {
        return snapshot.wellKnownRejections().entrySet().stream()
                .filter(rejection -> !rejection.getValue().meaningKept())
                .map(rejection -> "WellKnownPeers " + rejection.getKey() + " is not understood")
                .findFirst();
    }

    /**
     * Why the namespace stays as it is: where well-known peers are is not understood, or a segment that nobody
     * understands may be its own, so that it cannot be taken for released.
     */
    static Optional<String> held(Snapshot snapshot, String namespace) {
        Optional<String> places = placesUnknown(snapshot);
        if (places.isPresent()) {
            return places;
        }
        boolean released = snapshot.enrolment().segment(namespace).isEmpty()
                && snapshot.policies(namespace).values().stream().anyMatch(LivePolicy::isManaged);
        return released
                ? snapshot.segmentRejections().entrySet().stream()
                        .filter(rejection -> !rejection.getValue().meaningKept())
                        .map(rejection -> "segment " + rejection.getKey() + " is not understood")
                        .findFirst()
                : Optional.empty();
    }

    /** Why nothing may open anywhere: a guardrail may forbid it of which it is not known what it says, or whom it names. */
    static Optional<String> closed(Snapshot snapshot) {
        return notUnderstood(snapshot)
                .or(() -> UnresolvedGuardrails.of(snapshot.world(), snapshot.declarations()).entrySet().stream()
                        .map(unresolved -> "guardrail " + unresolved.getKey() + " may forbid what would open: "
                                + unresolved.getValue())
                        .findFirst());
    }

    private static Optional<String> notUnderstood(Snapshot snapshot) {
        return snapshot.guardrailRejections().entrySet().stream()
                .filter(rejection -> !rejection.getValue().meaningKept())
                .map(rejection ->
                        "guardrail " + rejection.getKey() + " is not understood, and may forbid what would open")
                .findFirst();
    }

    /** How long guardrails that an earlier definition had may take to follow; they may forbid what would open. */
    static Optional<Duration> returning(Inventory inventory, ImmutableSortedMap<String, LivePolicy> live, Instant now) {
        return live.values().stream()
                .filter(LivePolicy::isManaged)
                .map(LivePolicy::created)
                .min(Comparator.naturalOrder())
                .flatMap(inventory::guardrailsFollowUntil)
                .filter(now::isBefore)
                .map(end -> Duration.between(now, end));
    }

    /** What the namespace should hold, and what it holds of intents that nobody understands. */
    static ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> kept(
            Snapshot snapshot, String namespace, ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired) {
        Set<String> unknown = unknown(snapshot, namespace);
        if (unknown.isEmpty()) {
            return desired;
        }
        SortedMap<NetworkPolicy.Key, NetworkPolicy> kept = new TreeMap<>(desired);
        for (LivePolicy live : snapshot.policies(namespace).values()) {
            String intents = live.policy().annotations().getOrDefault(Marker.INTENTS, "");
            if (live.isManaged() && Arrays.stream(intents.split(",", -1)).anyMatch(unknown::contains)) {
                kept.put(live.policy().key(), live.policy());
            }
        }
        return ImmutableSortedMap.copyOf(kept);
    }

    /** As the policies of the namespace name them. */
    private static Set<String> unknown(Snapshot snapshot, String namespace) {
        Set<String> names = new TreeSet<>();
        snapshot.declared()
                .forEach((home, declared) -> declared.rejections().forEach((name, rejection) -> {
                    if (!rejection.meaningKept()) {
                        names.add(home.equals(namespace) ? name : home + "/" + name);
                    }
                }));
        return names;
    }
}
