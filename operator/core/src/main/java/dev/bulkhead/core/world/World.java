package dev.bulkhead.core.world;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Optional;

/** What is there, at one moment. Immutable; namespaces that did not change are shared between one moment and the next. */
public record World(ImmutableSortedMap<String, Namespace> namespaces, ClusterFacts facts) {

    public Optional<Namespace> namespace(String name) {
        return Optional.ofNullable(namespaces.get(name));
    }
}
