package dev.bulkhead.cluster.decode;

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

/**
 * Where the API server answers, after translation of its Service's address: the EndpointSlice that it writes itself says so.
 * The Service {@code default/kubernetes} may have other slices. Controllers make those from the Service's selector, which
 * whoever may edit the namespace {@code default} can set, so they are never read.
 */
public final class ApiServerReader {

    /** Where the API server writes the slice. */
    public static final String NAMESPACE = "default";

    /** What the API server calls the slice; controllers append something to the name of the Service. */
    public static final String NAME = "kubernetes";

    /** A controller that writes a slice puts its name here; the API server does not. */
    private static final String MANAGED_BY_LABEL = "endpointslice.kubernetes.io/managed-by";

    private static final Set<String> FAMILIES = Set.of("IPv4", "IPv6");

    /** Whether the API server wrote this slice about itself. */
    public boolean isOfApiServer(EndpointSlice slice) {
        ObjectMeta metadata = slice.getMetadata();
        return NAMESPACE.equals(metadata.getNamespace())
                && NAME.equals(metadata.getName())
                && (metadata.getLabels() == null || !metadata.getLabels().containsKey(MANAGED_BY_LABEL));
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
