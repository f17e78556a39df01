package dev.bulkhead.cluster.render;

import com.google.common.collect.Range;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.ArrayList;
import java.util.List;

/** Ports as entries of a policy: by protocol, numbers before names, ascending. */
final class PortRenderer {

    private PortRenderer() {}

    /** No entries for all ports of all protocols. */
    static List<NetworkPolicyPort> render(Ports ports) {
        if (ports.isEmpty()) {
            throw new IllegalArgumentException("a rule on no ports would be read as one on all of them");
        }
        List<NetworkPolicyPort> entries = new ArrayList<>();
        if (ports.equals(Ports.all())) {
            return entries;
        }
        for (Protocol protocol : Protocol.values()) {
            if (ports.numbers().containsAll(PortSet.all(protocol))) {
                entries.add(new NetworkPolicyPortBuilder()
                        .withProtocol(protocol.name())
                        .build());
            } else {
                ports.numbers().of(protocol).asRanges().forEach(range -> entries.add(range(protocol, range)));
            }
            ports.names().stream()
                    .filter(name -> name.protocol() == protocol)
                    .map(name -> new NetworkPolicyPortBuilder()
                            .withPort(new IntOrString(name.name()))
                            .withProtocol(protocol.name())
                            .build())
                    .forEach(entries::add);
        }
        return entries;
    }

    /** @param range lower end included, upper end excluded */
    private static NetworkPolicyPort range(Protocol protocol, Range<Integer> range) {
        int first = range.lowerEndpoint();
        int last = range.upperEndpoint() - 1;
        return new NetworkPolicyPortBuilder()
                .withPort(new IntOrString(first))
                .withEndPort(last == first ? null : last)
                .withProtocol(protocol.name())
                .build();
    }
}
