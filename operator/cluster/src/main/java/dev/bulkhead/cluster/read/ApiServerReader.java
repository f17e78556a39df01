package dev.bulkhead.cluster.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.world.ClusterFacts.SocketAddress;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.Protocol;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Where the API server answers, after translation of its Service's address: its EndpointSlices say so. */
public final class ApiServerReader {

    private static final String SERVICE_NAME_LABEL = "kubernetes.io/service-name";
    private static final Set<String> FAMILIES = Set.of("IPv4", "IPv6");

    /** Whether this slice belongs to the Service {@code default/kubernetes}. */
    public boolean isOfApiServer(EndpointSlice slice) {
        ObjectMeta metadata = slice.getMetadata();
        return "default".equals(metadata.getNamespace())
                && metadata.getLabels() != null
                && "kubernetes".equals(metadata.getLabels().get(SERVICE_NAME_LABEL));
    }

    public ImmutableSortedSet<SocketAddress> read(EndpointSlice slice) {
        ImmutableSortedSet.Builder<SocketAddress> addresses = ImmutableSortedSet.naturalOrder();
        if (!FAMILIES.contains(Objects.requireNonNullElse(slice.getAddressType(), "IPv4"))) {
            return addresses.build();
        }
        for (Endpoint endpoint : orNone(slice.getEndpoints())) {
            for (String text : orNone(endpoint.getAddresses())) {
                IpAddress address = AddressReader.address(text, "endpoints.addresses");
                for (EndpointPort port : orNone(slice.getPorts())) {
                    if (port.getPort() != null
                            && ProtocolReader.read(port.getProtocol(), "ports.protocol") == Protocol.TCP) {
                        addresses.add(new SocketAddress(address, port.getPort()));
                    }
                }
            }
        }
        return addresses.build();
    }

    private static <T> List<T> orNone(List<T> list) {
        return Objects.requireNonNullElse(list, ImmutableList.of());
    }
}
