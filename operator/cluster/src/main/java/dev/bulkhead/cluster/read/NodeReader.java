package dev.bulkhead.cluster.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.world.Cidr;
import io.fabric8.kubernetes.api.model.Node;
import java.util.List;
import java.util.Objects;

/** What nodes tell about the cluster's own networks. */
public final class NodeReader {

    /** The ranges its pods get their addresses from, and its own addresses inside the cluster. */
    public ImmutableSortedSet<Cidr> networks(Node node) {
        ImmutableSortedSet.Builder<Cidr> networks = ImmutableSortedSet.naturalOrder();
        if (node.getSpec() != null) {
            for (String range : podRanges(node)) {
                networks.add(AddressReader.range(range, "spec.podCIDRs"));
            }
        }
        if (node.getStatus() != null && node.getStatus().getAddresses() != null) {
            node.getStatus().getAddresses().stream()
                    .filter(address -> "InternalIP".equals(address.getType()))
                    .map(address -> Cidr.of(AddressReader.address(address.getAddress(), "status.addresses")))
                    .forEach(networks::add);
        }
        return networks.build();
    }

    private static List<String> podRanges(Node node) {
        List<String> ranges = Objects.requireNonNullElse(node.getSpec().getPodCIDRs(), ImmutableList.of());
        String single = node.getSpec().getPodCIDR();
        return ranges.isEmpty() && single != null && !single.isEmpty() ? ImmutableList.of(single) : ranges;
    }
}
