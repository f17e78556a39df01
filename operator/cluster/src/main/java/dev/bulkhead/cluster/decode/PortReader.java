package dev.bulkhead.cluster.decode;

import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The port entries of NetworkPolicies. */
final class PortReader {

    private static final int MAXIMUM = 65535;

    /** An IANA service name: this, with a letter somewhere and 15 characters at most. */
    private static final Pattern NAME = Pattern.compile("(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*");

    private static final int NAME_SIZE = 15;

    private PortReader() {}

    /** @param entries null and none alike are all ports of all protocols */
    static Ports read(List<NetworkPolicyPort> entries, String field) {
        if (entries == null || entries.isEmpty()) {
            return Ports.all();
        }
        Problems problems = new Problems();
        Ports ports = Ports.none();
        for (int i = 0; i < entries.size(); i++) {
            ports = ports.union(read(entries.get(i), field + "[" + i + "]", problems));
        }
        problems.raise();
        return ports;
    }

    /** None where there are problems. */
    private static Ports read(NetworkPolicyPort entry, String field, Problems problems) {
        Optional<Protocol> protocol = problems.collect(() -> protocol(entry, field + ".protocol"));
        if (entry.getPort() == null) {
            refuseEnd(
                    entry,
                    field,
                    "may not be specified when `port` is not specified; write the port it starts from",
                    problems);
            return protocol.map(known -> Ports.of(PortSet.all(known))).orElse(Ports.none());
        }
        if (entry.getPort().getIntVal() == null) {
            refuseEnd(
                    entry, field, "may not be specified when `port` is non-numeric; write numbers for both", problems);
            Optional<String> name = problems.collect(() -> name(entry.getPort().getStrVal(), field + ".port"));
            return protocol.isPresent() && name.isPresent() ? Ports.named(protocol.get(), name.get()) : Ports.none();
        }
        Optional<Integer> first = problems.collect(() -> number(entry.getPort().getIntVal(), field + ".port"));
        Optional<Integer> last = entry.getEndPort() == null
                ? first
                : problems.collect(() -> number(entry.getEndPort(), field + ".endPort"));
        if (protocol.isEmpty() || first.isEmpty() || last.isEmpty()) {
            return Ports.none();
        }
        if (last.get() < first.get()) {
            problems.add(
                    field + ".endPort",
                    "must be greater than or equal to `port`: " + last.get() + " is below " + first.get()
                            + "; write the smaller number first");
            return Ports.none();
        }
        return Ports.of(PortSet.range(protocol.get(), first.get(), last.get()));
    }

    /** A policy may leave it out, and not leave it empty. */
    private static Protocol protocol(NetworkPolicyPort entry, String field) {
        if (entry.getProtocol() != null && entry.getProtocol().isEmpty()) {
            throw new UnreadableObjectException(field, "'' is none of TCP, UDP and SCTP; leave it out for TCP");
        }
        return ProtocolReader.read(entry.getProtocol(), field);
    }

    private static void refuseEnd(NetworkPolicyPort entry, String field, String message, Problems problems) {
        if (entry.getEndPort() != null) {
            problems.add(field + ".endPort", message);
        }
    }

    static int number(int number, String field) {
        if (number < 1 || number > MAXIMUM) {
            throw new UnreadableObjectException(
                    field, "must be between 1 and " + MAXIMUM + ", inclusive, and is " + number);
        }
        return number;
    }

    /** Whether a container's port can be called that. */
    static boolean isName(String name) {
        return name.length() <= NAME_SIZE && NAME.matcher(name).matches();
    }

    private static String name(String name, String field) {
        if (name == null || !isName(name)) {
            throw new UnreadableObjectException(
                    field,
                    "'" + name + "' is neither a number nor a port's name, which must be no more than 15 characters,"
                            + " contain only a-z, 0-9 and single hyphens inside, and at least one letter");
        }
        return name;
    }
}
