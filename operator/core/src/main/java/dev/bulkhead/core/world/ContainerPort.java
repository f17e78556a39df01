package dev.bulkhead.core.world;

import java.util.Comparator;

/**
 * A port that a container declares.
 *
 * @param name empty where it has none
 */
public record ContainerPort(String name, Protocol protocol, int number) implements Comparable<ContainerPort> {

    private static final Comparator<ContainerPort> ORDER = Comparator.comparing(ContainerPort::name)
            .thenComparing(ContainerPort::protocol)
            .thenComparingInt(ContainerPort::number);

    @Override
    public int compareTo(ContainerPort other) {
        return ORDER.compare(this, other);
    }
}
