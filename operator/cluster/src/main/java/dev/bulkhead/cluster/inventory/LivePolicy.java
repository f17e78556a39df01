package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import dev.bulkhead.cluster.decode.OfferReader;
import dev.bulkhead.cluster.decode.PolicyReader;
import dev.bulkhead.cluster.decode.UnreadableObjectException;
import dev.bulkhead.cluster.slim.TooLarge;
import dev.bulkhead.core.compile.PolicyNames;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A policy as the API server has it.
 *
 * @param policy of one of ours, without the labels and annotations that others put on it
 * @param annotated whether the object has annotations, others' included
 * @param offered whether somebody else's may be taken over
 * @param writer the field manager that wrote one that is not ours last; empty where it does not say
 * @param attachments of one that may be ours to write
 * @param problem why it cannot be told what the object allows, and whom it isolates; {@code policy} says nothing then
 */
public record LivePolicy(
        NetworkPolicy policy,
        String uid,
        String resourceVersion,
        Instant created,
        boolean annotated,
        boolean offered,
        String writer,
        DeletionBlockers attachments,
        Optional<String> problem) {

    private static final String OUR_PREFIX = "bulkhead.dev/";
    private static final PolicyReader READER = new PolicyReader();

    /** An annotation that no policy has. */
    private static final String ATTACHED = OUR_PREFIX + "attached";

    public static LivePolicy of(io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy object) {
        if (TooLarge.isMarked(object)) {
            return of(object, placeholder(object.getMetadata()), Optional.of(TooLarge.PROBLEM));
        }
        try {
            return of(object, READER.read(object), Optional.empty());
        } catch (UnreadableObjectException e) {
            return of(object, placeholder(object.getMetadata()), Optional.of(e.getMessage()));
        }
    }

    private static LivePolicy of(
            io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy object,
            NetworkPolicy read,
            Optional<String> problem) {
        ObjectMeta metadata = object.getMetadata();
        boolean managed = Marker.isManaged(read.labels());
        NetworkPolicy policy = managed
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
                metadata.getUid(),
                metadata.getResourceVersion(),
                Instant.parse(metadata.getCreationTimestamp()),
                !read.annotations().isEmpty(),
                !managed && problem.isEmpty() && OfferReader.isOffered(metadata),
                managed ? "" : FieldManagers.lastWriter(object),
                managed || PolicyNames.isBaseline(read.key()) ? DeletionBlockers.of(metadata) : DeletionBlockers.NONE,
                problem);
    }

    private static NetworkPolicy placeholder(ObjectMeta metadata) {
        return placeholder(
                new NetworkPolicy.Key(metadata.getNamespace(), metadata.getName()),
                sorted(metadata.getLabels()),
                sorted(metadata.getAnnotations()));
    }

    /**
     * Isolates nobody and allows nothing; its name and labels are the object's. Somebody else's carries the mark by which
     * plans take it for something that may isolate and allow anything.
     */
    private static NetworkPolicy placeholder(
            NetworkPolicy.Key key,
            ImmutableSortedMap<String, String> labels,
            ImmutableSortedMap<String, String> annotations) {
        Map<String, String> marked = new TreeMap<>(annotations);
        if (!Marker.isManaged(labels)) {
            marked.put(Marker.UNREADABLE, "true");
        }
        return new NetworkPolicy(
                key,
                labels,
                ImmutableSortedMap.copyOf(marked),
                LabelSelector.everything(),
                ImmutableSet.of(),
                ImmutableList.of(),
                ImmutableList.of());
    }

    /** The same object if nobody can tell what it allows and whom it isolates. */
    LivePolicy unreadable(String why) {
        return new LivePolicy(
                placeholder(policy.key(), ours(policy.labels()), ours(policy.annotations())),
                uid,
                resourceVersion,
                created,
                annotated,
                /* offered= */ false,
                writer,
                attachments,
                Optional.of(why));
    }

    private static ImmutableSortedMap<String, String> sorted(Map<String, String> map) {
        return map == null
                ? ImmutableSortedMap.of()
                : ImmutableSortedMap.copyOf(Maps.transformValues(map, value -> Objects.requireNonNullElse(value, "")));
    }

    /** Whether nobody attached anything that decides about the deletion of one of ours. */
    public boolean isTidy() {
        return attachments.equals(DeletionBlockers.NONE);
    }

    /** As plans are to see it: one that is not tidy differs from what is desired, so that it is written. */
    public NetworkPolicy forPlanning() {
        if (isTidy()) {
            return policy;
        }
        ImmutableSortedMap<String, String> annotations = ImmutableSortedMap.<String, String>naturalOrder()
                .putAll(Maps.filterKeys(policy.annotations(), key -> !key.equals(ATTACHED)))
                .put(ATTACHED, "true")
                .buildOrThrow();
        return new NetworkPolicy(
                policy.key(),
                policy.labels(),
                annotations,
                policy.subject(),
                policy.directions(),
                policy.ingress(),
                policy.egress());
    }

    /** Those of the labels or annotations that are ours to set and to take off. */
    public static ImmutableSortedMap<String, String> ours(ImmutableSortedMap<String, String> map) {
        return ImmutableSortedMap.copyOf(
                Maps.filterKeys(map, key -> key.equals(Marker.MANAGED_BY) || key.startsWith(OUR_PREFIX)));
    }

    public boolean isManaged() {
        return Marker.isManaged(policy.labels());
    }

    /** Whether a plan may write it although nobody offers it: by its marks, or because the name belongs to the baseline. */
    public boolean mayBeWritten() {
        return isManaged() || PolicyNames.isBaseline(policy.key());
    }

    /** Whether the other is the same object in the same or a later state, or one that came after it by the same name. */
    boolean isCoveredBy(LivePolicy other) {
        return isNotAfter(resourceVersion, other.resourceVersion);
    }

    /** Resource versions of one kind compare as numbers, of different objects, too. */
    static boolean isNotAfter(String version, String other) {
        return version.length() < other.length()
                || (version.length() == other.length() && version.compareTo(other) <= 0);
    }
}
