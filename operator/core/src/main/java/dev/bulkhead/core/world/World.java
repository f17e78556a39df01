package dev.bulkhead.core.world;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is there, at one moment. Immutable; namespaces that did not change are shared between one moment and the next.
 *
 * @param addresses in ascending order, of the pods of each namespace that are not on the host network, and of its Services; a
 *     namespace that has none need not be there
 */
public record World(
        ImmutableSortedMap<String, Namespace> namespaces,
        ClusterFacts facts,
        ImmutableSortedMap<String, ImmutableList<IpAddress>> addresses) {

    /** One in which nothing has an address of its own. */
    public static World withoutAddresses(ImmutableSortedMap<String, Namespace> namespaces, ClusterFacts facts) {
        return new World(namespaces, facts, ImmutableSortedMap.of());
    }

    public Optional<Namespace> namespace(String name) {
        return Optional.ofNullable(namespaces.get(name));
    }

    /** The namespaces that the selector matches; where it lists their names, no others are looked at. */
    public Stream<Namespace> selected(LabelSelector selector) {
        return selector.listed(Namespace.NAME_LABEL)
                .map(names -> names.stream().map(namespaces::get).filter(Objects::nonNull))
                .orElseGet(() -> namespaces.values().stream())
                .filter(namespace -> selector.matches(namespace.labels()));
    }
}
