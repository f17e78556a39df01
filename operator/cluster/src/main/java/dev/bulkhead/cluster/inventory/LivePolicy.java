package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import dev.bulkhead.cluster.read.OfferReader;
import dev.bulkhead.cluster.read.PolicyReader;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.time.Instant;

/**
 * A policy as the API server has it.
 *
 * @param policy of one of ours, without the labels and annotations that others put on it
 * @param annotated whether the object has annotations, others' included
 * @param offered whether somebody else's may be taken over
 * @param writer the field manager that wrote one that is not ours last; empty where it does not say
 */
public record LivePolicy(
        NetworkPolicy policy,
        String uid,
        String resourceVersion,
        Instant created,
        boolean annotated,
        boolean offered,
        String writer) {

    private static final String OUR_PREFIX = "bulkhead.dev/";
    private static final PolicyReader READER = new PolicyReader();

    /** @throws dev.bulkhead.cluster.read.UnreadableObjectException if it cannot be told what the object allows */
    public static LivePolicy of(io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy object) {
        NetworkPolicy read = READER.read(object);
        NetworkPolicy policy = Marker.isManaged(read.labels())
                ? new NetworkPolicy(
                        read.key(),
                        ours(read.labels()),
                        ours(read.annotations()),
                        read.subject(),
                        read.directions(),
                        read.ingress(),
                        read.egress())
                : read;
        return new LivePolicy(
                policy,
                object.getMetadata().getUid(),
                object.getMetadata().getResourceVersion(),
                Instant.parse(object.getMetadata().getCreationTimestamp()),
                !read.annotations().isEmpty(),
                !Marker.isManaged(read.labels()) && OfferReader.isOffered(object.getMetadata()),
                Marker.isManaged(read.labels()) ? "" : FieldManagers.lastWriter(object));
    }

    /** Those of the labels or annotations that are ours to set and to take off. */
    public static ImmutableSortedMap<String, String> ours(ImmutableSortedMap<String, String> map) {
        return ImmutableSortedMap.copyOf(
                Maps.filterKeys(map, key -> key.equals(Marker.MANAGED_BY) || key.startsWith(OUR_PREFIX)));
    }

    public boolean isManaged() {
        return Marker.isManaged(policy.labels());
    }

    /** Whether the other is the same object in the same or a later state. */
    boolean isCoveredBy(LivePolicy other) {
        return uid.equals(other.uid) && isNotAfter(resourceVersion, other.resourceVersion);
    }

    /** Resource versions of one kind compare as numbers. */
    private static boolean isNotAfter(String version, String other) {
        return version.length() < other.length()
                || (version.length() == other.length() && version.compareTo(other) <= 0);
    }
}
