package dev.bulkhead.cluster.decode;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.ClusterFacts.SocketAddress;
import dev.bulkhead.core.world.IpAddress;
import java.util.Collection;

/** Puts together what holds for the cluster as a whole. */
public final class ClusterFactsBuilder {

    private final ImmutableSortedSet.Builder<Cidr> networks = ImmutableSortedSet.naturalOrder();
    private final ImmutableSortedSet.Builder<IpAddress> nodes = ImmutableSortedSet.naturalOrder();
    private final ImmutableSortedSet.Builder<SocketAddress> apiServers = ImmutableSortedSet.naturalOrder();
    private final ImmutableSortedSet.Builder<String> ingressControllers = ImmutableSortedSet.naturalOrder();

    /** Ranges of the cluster that somebody named. */
    public ClusterFactsBuilder networks(Collection<Cidr> more) {
        networks.addAll(more);
        return this;
    }

    public ClusterFactsBuilder node(NodeReader.Networks node) {
        networks.addAll(node.podRanges());
        node.addresses().forEach(address -> networks.add(Cidr.of(address)));
        nodes.addAll(node.addresses());
        return this;
    }

    public ClusterFactsBuilder apiServers(Collection<SocketAddress> more) {
        apiServers.addAll(more);
        return this;
    }

    /** @param controller as an IngressClass names it */
    public ClusterFactsBuilder ingressController(String controller) {
        ingressControllers.add(controller);
        return this;
    }

    public ClusterFacts build(boolean identityInForce) {
        return new ClusterFacts(
                identityInForce, networks.build(), nodes.build(), apiServers.build(), ingressControllers.build());
    }
}
