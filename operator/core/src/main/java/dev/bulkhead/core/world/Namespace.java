package dev.bulkhead.core.world;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;

/**
 * A namespace with what stands in it.
 *
 * @param labels those of the Namespace object; always with {@code kubernetes.io/metadata.name}
 * @param pods the classes of the pods that live there now
 */
public record Namespace(
        String name,
        ImmutableSortedMap<String, String> labels,
        boolean terminating,
        ImmutableMap<String, Service> services,
        ImmutableMap<Workload.Key, Workload> workloads,
        ImmutableSet<PodClass> pods) {

    /** The one namespace label that the API server vouches for. */
    public static final String NAME_LABEL = "kubernetes.io/metadata.name";

    /** A namespace with nothing in it. */
    public static Namespace empty(String name) {
        return empty(name, /* terminating= */ false);
    }

    /** Likewise, maybe one that is being deleted. */
    public static Namespace empty(String name, boolean terminating) {
        return new Namespace(
                name,
                ImmutableSortedMap.of(NAME_LABEL, name),
                terminating,
                ImmutableMap.of(),
                ImmutableMap.of(),
                ImmutableSet.of());
    }
}
