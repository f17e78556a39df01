package dev.bulkhead.core.world;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import java.util.Collection;
import java.util.Comparator;

/** Ports as they are written down: numbers, and names that only a destination pod can turn into numbers. */
public record Ports(PortSet numbers, ImmutableSortedSet<NamedPort> names) {

    private static final Ports NONE = new Ports(PortSet.none(), ImmutableSortedSet.of());
    private static final Ports ALL = new Ports(PortSet.all(), ImmutableSortedSet.of());

    public static Ports none() {
        return NONE;
    }

    public static Ports all() {
        return ALL;
    }

    public static Ports of(PortSet numbers) {
        return new Ports(numbers, ImmutableSortedSet.of());
    }

    public static Ports port(Protocol protocol, int number) {
        return of(PortSet.port(protocol, number));
    }

    public static Ports named(Protocol protocol, String name) {
        return new Ports(PortSet.none(), ImmutableSortedSet.of(new NamedPort(protocol, name)));
    }

    public boolean isEmpty() {
        return numbers.isEmpty() && names.isEmpty();
    }

    public Ports union(Ports other) {
        return new Ports(numbers.union(other.numbers), ImmutableSortedSet.copyOf(Sets.union(names, other.names)));
    }

    /** Of many at once, which takes less than one by one. */
    public static Ports union(Collection<Ports> all) {
        return new Ports(
                PortSet.union(all.stream().map(Ports::numbers).toList()),
                all.stream()
                        .flatMap(ports -> ports.names().stream())
                        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder())));
    }

    public Ports intersection(Ports other) {
        return new Ports(
                numbers.intersection(other.numbers), ImmutableSortedSet.copyOf(Sets.intersection(names, other.names)));
    }

    /** Names and numbers apart: a name is not taken away by the number it may have. */
    public Ports difference(Ports other) {
        return new Ports(
                numbers.difference(other.numbers), ImmutableSortedSet.copyOf(Sets.difference(names, other.names)));
    }

    /** The numbers these ports have on a pod with the given container ports. */
    public PortSet on(Iterable<ContainerPort> containerPorts) {
        PortSet resolved = numbers;
        if (names.isEmpty()) {
            return resolved;
        }
        for (ContainerPort port : containerPorts) {
            if (names.contains(new NamedPort(port.protocol(), port.name()))) {
                resolved = resolved.union(PortSet.port(port.protocol(), port.number()));
            }
        }
        return resolved;
    }

    @Override
    public String toString() {
        if (names.isEmpty()) {
            return numbers.toString();
        }
        String named = String.join(",", names.stream().map(NamedPort::toString).toList());
        return numbers.isEmpty() ? named : numbers + "," + named;
    }
}
