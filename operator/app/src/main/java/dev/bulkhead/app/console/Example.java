package dev.bulkhead.app.console;

import dev.bulkhead.core.reach.Connection;
import dev.bulkhead.core.reach.Party;
import dev.bulkhead.core.world.AddressRange;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One of many addresses outside with a port, so that a connection with the outside can be asked about.
 *
 * @param port as parameters have it: {@code 443/TCP}
 */
record Example(String address, String port) {

    private static final int HTTPS = 443;

    /** Addresses of nobody, which are reserved for examples (RFC 5737 and 3849): they name no stranger. */
    private static final List<IpAddress> NOBODY = Stream.of("203.0.113.1", "198.51.100.1", "192.0.2.1", "2001:db8::1")
            .map(IpAddress::parse)
            .toList();

    /**
     * @param ports of the connection, some of those it has
     * @return nothing for a connection between workloads
     */
    static Optional<Example> of(Connection connection, PortSet ports) {
        return Stream.of(connection.source(), connection.destination())
                .flatMap(party -> range(party).stream())
                .findFirst()
                .flatMap(range -> port(ports).map(port -> new Example(address(range), port)));
    }

    private static Optional<AddressRange> range(Party party) {
        return party.fold(
                workload -> Optional.empty(), outside -> Optional.of(outside.range()), controller -> Optional.empty());
    }

    private static String address(AddressRange range) {
        return NOBODY.stream()
                .filter(range::contains)
                .findFirst()
                .orElse(range.first())
                .toString();
    }

    private static Optional<String> port(PortSet ports) {
        if (ports.contains(Protocol.TCP, HTTPS)) {
            return Optional.of(HTTPS + "/" + Protocol.TCP);
        }
        return Stream.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP)
                .filter(protocol -> !ports.of(protocol).isEmpty())
                .findFirst()
                .map(protocol -> ports.of(protocol).span().lowerEndpoint() + "/" + protocol);
    }
}
