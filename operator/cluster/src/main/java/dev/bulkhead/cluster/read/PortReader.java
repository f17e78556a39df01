package dev.bulkhead.cluster.read;

import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
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
        Ports ports = Ports.none();
        for (int i = 0; i < entries.size(); i++) {
            ports = ports.union(read(entries.get(i), field + "[" + i + "]"));
        }
        return ports;
    }

    private static Ports read(NetworkPolicyPort entry, String field) {
        Protocol protocol = ProtocolReader.read(entry.getProtocol(), field + ".protocol");
        if (entry.getPort() == null) {
            refuseEnd(entry, field, "it needs a port to start from");
            return Ports.of(PortSet.all(protocol));
        }
        if (entry.getPort().getIntVal() == null) {
            refuseEnd(entry, field, "a range starts at a number");
            return Ports.named(protocol, name(entry.getPort().getStrVal(), field + ".port"));
        }
        int first = number(entry.getPort().getIntVal(), field + ".port");
        int last = entry.getEndPort() == null ? first : number(entry.getEndPort(), field + ".endPort");
        if (last < first) {
            throw new UnreadableObjectException(field + ".endPort", last + " is below the port " + first);
        }
        return Ports.of(PortSet.range(protocol, first, last));
    }

    private static void refuseEnd(NetworkPolicyPort entry, String field, String message) {
        if (entry.getEndPort() != null) {
            throw new UnreadableObjectException(field + ".endPort", message);
        }
    }

    static int number(int number, String field) {
        if (number < 1 || number > MAXIMUM) {
            throw new UnreadableObjectException(field, number + " is not within 1 to " + MAXIMUM);
        }
        return number;
    }

    /** Whether a container's port can be called that. */
    static boolean isName(String name) {
        return name.length() <= NAME_SIZE && NAME.matcher(name).matches();
    }

    private static String name(String name, String field) {
        if (name == null || !isName(name)) {
            throw new UnreadableObjectException(field, "'" + name + "' is neither a number nor a port's name");
        }
        return name;
    }
}
