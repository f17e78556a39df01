package dev.bulkhead.cluster.decode;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.IpAddress;
import io.fabric8.kubernetes.api.model.Node;
import java.util.List;
import java.util.Objects;

/** What nodes tell about the cluster's own networks. */
public final class NodeReader {

    /**
     * One node's part in the cluster's networks.
     *
     * @param podRanges where its pods get their addresses from
     * @param addresses its own inside the cluster
     */
    public record Networks(ImmutableSortedSet<Cidr> podRanges, ImmutableSortedSet<IpAddress> addresses) {}

    public Networks read(Node node) {
        ImmutableSortedSet.Builder<Cidr> ranges = ImmutableSortedSet.naturalOrder();
        ImmutableSortedSet.Builder<IpAddress> addresses = ImmutableSortedSet.naturalOrder();
        if (node.getSpec() != null) {
            for (String range : podRanges(node)) {
                ranges.add(AddressReader.range(range, "spec.podCIDRs"));
            }
        }
        if (node.getStatus() != null && node.getStatus().getAddresses() != null) {
            node.getStatus().getAddresses().stream()
                    .filter(address -> "InternalIP".equals(address.getType()))
                    .map(address -> AddressReader.address(address.getAddress(), "status.addresses"))
                    .forEach(addresses::add);
        }
        return new Networks(ranges.build(), addresses.build());
    }

    private static List<String> podRanges(Node node) {
        List<String> ranges = Objects.requireNonNullElse(node.getSpec().getPodCIDRs(), ImmutableList.of());
        String single = node.getSpec().getPodCIDR();
        return ranges.isEmpty() && single != null && !single.isEmpty() ? ImmutableList.of(single) : ranges;
    }
}
