package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import java.time.Instant;
import java.util.Optional;

/** Live policies for tests. */
public final class LivePolicies {

    private LivePolicies() {}

    /** A baseline in the namespace {@code shop}. */
    public static LivePolicy baseline(String uid, String version) {
        return of("shop", "bulkhead-baseline", uid, version);
    }

    public static LivePolicy of(String namespace, String name, String uid, String version) {
        return of(policy(namespace, name), uid, version);
    }

    public static LivePolicy of(NetworkPolicy policy, String uid, String version) {
        return new LivePolicy(
                policy, uid, version, Instant.EPOCH, false, false, "", DeletionBlockers.NONE, Optional.empty());
    }

    /** A policy without our marks. */
    public static LivePolicy byOthers(NetworkPolicy policy, String writer, String uid, String version) {
        NetworkPolicy theirs = new NetworkPolicy(
                policy.key(),
                ImmutableSortedMap.of("team", "shop"),
                ImmutableSortedMap.of(),
                policy.subject(),
                policy.directions(),
                policy.ingress(),
                policy.egress());
        return new LivePolicy(
                theirs, uid, version, Instant.EPOCH, false, false, writer, DeletionBlockers.NONE, Optional.empty());
    }

    public static LivePolicy with(DeletionBlockers attachments, LivePolicy live) {
        return new LivePolicy(
                live.policy(),
                live.uid(),
                live.resourceVersion(),
                live.created(),
                live.annotated(),
                live.offered(),
                live.writer(),
                attachments,
                live.problem());
    }

    public static NetworkPolicy policy(String namespace, String name) {
        return new NetworkPolicy(
                new NetworkPolicy.Key(namespace, name),
                Marker.labels(Marker.Role.BASELINE),
                ImmutableSortedMap.of(),
                LabelSelector.everything(),
                ImmutableSet.of(Direction.INGRESS),
                ImmutableList.of(),
                ImmutableList.of());
    }
}
