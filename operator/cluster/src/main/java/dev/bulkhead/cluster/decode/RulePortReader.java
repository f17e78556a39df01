package dev.bulkhead.cluster.decode;

import dev.bulkhead.api.v1alpha1.Port;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import java.util.List;
import java.util.regex.Pattern;

/** The ports of a rule. */
final class RulePortReader {

    private static final int MAXIMUM = 65535;

    /** A Service's port may be called by any DNS label. */
    private static final int SERVICE_NAME_SIZE = 63;

    private static final Pattern SERVICE_NAME = Pattern.compile("(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*");

    private RulePortReader() {}

    /** Ports of pods; there has to be one at least, since nothing left out means everything. */
    static Ports ofPods(List<Port> ports, String field) {
        if (ports.isEmpty()) {
            throw new InvalidDeclarationException(
                    field,
                    "ports is required, and leaving it out does not mean all ports: write for example ports: [{port: 8443}]");
        }
        return read(ports, field, false);
    }

    /** Ports of a Service, one by one; none to take them all. */
    static Ports ofService(List<Port> ports, String field) {
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i).endPort() != null) {
                throw new InvalidDeclarationException(
                        field + "[" + i + "].endPort",
                        "ports of a service are the numbers or names of its own ports, one by one: leave endPort out");
            }
        }
        return read(ports, field, true);
    }

    private static Ports read(List<Port> ports, String field, boolean ofService) {
        Ports read = Ports.none();
        for (int i = 0; i < ports.size(); i++) {
            read = read.union(read(ports.get(i), field + "[" + i + "]", ofService));
        }
        return read;
    }

    private static Ports read(Port port, String field, boolean ofService) {
        if (port.port() == null) {
            throw new InvalidDeclarationException(field + ".port", "write a port number from 1 to 65535, or a name");
        }
        Protocol protocol = protocol(port);
        if (port.port().getIntVal() == null) {
            if (port.endPort() != null) {
                throw new InvalidDeclarationException(
                        field + ".endPort",
                        "a range goes from number to number: write a number in port, or leave endPort out");
            }
            return Ports.named(protocol, name(port.port().getStrVal(), field + ".port", ofService));
        }
        int first = number(port.port().getIntVal(), field + ".port");
        int last = port.endPort() == null ? first : number(port.endPort(), field + ".endPort");
        if (last < first) {
            throw new InvalidDeclarationException(
                    field + ".endPort",
                    "a range ends at or above its start: write an endPort of " + first + " or more");
        }
        return Ports.of(PortSet.range(protocol, first, last));
    }

    private static Protocol protocol(Port port) {
        return switch (port.protocol()) {
            case TCP -> Protocol.TCP;
            case UDP -> Protocol.UDP;
            case SCTP -> Protocol.SCTP;
        };
    }

    private static int number(int number, String field) {
        if (number < 1 || number > MAXIMUM) {
            throw new InvalidDeclarationException(field, "write a port number from 1 to 65535");
        }
        return number;
    }

    private static String name(String name, String field, boolean ofService) {
        boolean known = ofService
                ? name.length() <= SERVICE_NAME_SIZE
                        && SERVICE_NAME.matcher(name).matches()
                : PortReader.isName(name);
        if (!known) {
            throw new InvalidDeclarationException(
                    field,
                    "'" + name + "': a number is written without quotes, a range as port and endPort; a name in lower"
                            + " case letters, digits and single \"-\" between them, at most "
                            + (ofService ? "63" : "15") + " characters, one of them a letter");
        }
        return name;
    }
}
