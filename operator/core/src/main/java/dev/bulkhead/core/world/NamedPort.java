package dev.bulkhead.core.world;

import java.util.Comparator;

/** A port by the name that a container gives it; what number that is, each destination pod says for itself. */
public record NamedPort(Protocol protocol, String name) implements Comparable<NamedPort> {

    private static final Comparator<NamedPort> ORDER =
            Comparator.comparing(NamedPort::protocol).thenComparing(NamedPort::name);

    @Override
    public int compareTo(NamedPort other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return protocol + " " + name;
    }
}
