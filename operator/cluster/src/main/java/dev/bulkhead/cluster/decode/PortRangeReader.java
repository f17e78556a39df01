package dev.bulkhead.cluster.decode;

import dev.bulkhead.api.v1alpha1.PortRange;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import java.util.List;

/** Ports by their numbers. */
final class PortRangeReader {

    private PortRangeReader() {}

    static Ports read(List<PortRange> ports, String field) {
        PortSet all = PortSet.none();
        for (int i = 0; i < ports.size(); i++) {
            PortRange range = ports.get(i);
            int last = range.endPort() == null ? range.port() : range.endPort();
            if (range.port() < 1 || last > 65_535 || last < range.port()) {
                throw new InvalidDeclarationException(
                        field + "[" + i + "]", "write port numbers from 1 to 65535, endPort at or above port");
            }
            all = all.union(PortSet.range(protocol(range), range.port(), last));
        }
        return Ports.of(all);
    }

    private static Protocol protocol(PortRange range) {
        return Protocol.valueOf(range.protocol().name());
    }
}
