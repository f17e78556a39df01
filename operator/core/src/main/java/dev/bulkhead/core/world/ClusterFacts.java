package dev.bulkhead.core.world;

import com.google.common.collect.ImmutableSortedSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What holds for the cluster as a whole.
 *
 * @param identityInForce whether the admission policies that stamp and protect {@link Identity#LABEL} are installed
 * @param networks the ranges of pods, nodes and Services, as far as they are known
 * @param nodes the addresses of the nodes inside the cluster; they are in {@code networks} too
 * @param apiServers the addresses behind the Service {@code default/kubernetes}; empty where unknown
 * @param ingressControllers those that IngressClasses name
 */
public record ClusterFacts(
        boolean identityInForce,
        ImmutableSortedSet<Cidr> networks,
        ImmutableSortedSet<IpAddress> nodes,
        ImmutableSortedSet<SocketAddress> apiServers,
        ImmutableSortedSet<String> ingressControllers) {

    /** Of a cluster that tells nothing of itself. */
    public static ClusterFacts unknown(boolean identityInForce) {
        return new ClusterFacts(
                identityInForce,
                ImmutableSortedSet.of(),
                ImmutableSortedSet.of(),
                ImmutableSortedSet.of(),
                ImmutableSortedSet.of());
    }

    /**
     * The cluster's ranges as far as addresses of this one may lead into them: with those behind which NAT64 has them, where it is of
     * IPv6.
     */
    public Set<Cidr> networksAsSeenFrom(Cidr range) {
        return IpBlock.of(range, List.of()).translatedByNat64().isEmpty()
                ? networks
                : Stream.concat(networks.stream(), networks.stream().flatMap(ClusterFacts::behindNat64))
                        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
    }

    private static Stream<Cidr> behindNat64(Cidr network) {
        return IpBlock.of(network, List.of()).behindNat64().stream().map(IpBlock::cidr);
    }

    /** An address and a TCP port. */
    public record SocketAddress(IpAddress address, int port) implements Comparable<SocketAddress> {
        @Override
        public int compareTo(SocketAddress other) {
            int byAddress = address.compareTo(other.address);
            return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
        }
    }
}
