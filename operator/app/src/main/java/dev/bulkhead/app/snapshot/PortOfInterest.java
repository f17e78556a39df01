package dev.bulkhead.app.snapshot;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.Protocol;
import java.util.Comparator;
import java.util.Locale;

/**
 * A port of a destination as people write it.
 *
 * @param port a number, or the name of a container port of the destination
 */
public record PortOfInterest(Protocol protocol, String port) {

    private static final int MAXIMUM = 65535;

    /** @throws IllegalArgumentException with what to write instead */
    public static PortOfInterest parse(String text) {
        int slash = text.indexOf('/');
        String port = slash < 0 ? text : text.substring(0, slash);
        return of(slash < 0 ? "TCP" : text.substring(slash + 1), port);
    }

    /** @throws IllegalArgumentException with what to write instead */
    public static PortOfInterest of(String protocol, String port) {
        Protocol known;
        try {
            known = Protocol.valueOf(protocol.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + protocol + "' is none of TCP, UDP and SCTP", e);
        }
        boolean number = port.matches("[0-9]+");
        if (port.isEmpty() || (number && (port.length() > 5 || !isPort(Integer.parseInt(port))))) {
            throw new IllegalArgumentException(
                    "'" + port + "' is no port: write a number from 1 to " + MAXIMUM + ", or the name of a port");
        }
        return new PortOfInterest(known, port);
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= MAXIMUM;
    }

    public boolean isName() {
        return !port.matches("[0-9]+");
    }

    /** The port of a destination that is no pod. */
    public int number() {
        return Integer.parseInt(port);
    }

    /** The numbers on that pod; none where it has no port of that name. */
    public ImmutableSortedSet<Integer> on(Pod pod) {
        if (!isName()) {
            return ImmutableSortedSet.of(number());
        }
        return pod.traits().ports().stream()
                .filter(candidate ->
                        candidate.protocol() == protocol && candidate.name().equals(port))
                .map(candidate -> candidate.number())
                .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
    }

    /** {@code TCP 8443}. */
    @Override
    public String toString() {
        return protocol + " " + port;
    }
}
