package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.read.IdentityPolicies;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What holds for the cluster as a whole, put together from single objects. */
final class FactsStore {

    private final ImmutableSortedSet<Cidr> configured;
    private final Map<String, ImmutableSortedSet<Cidr>> nodes = new TreeMap<>();
    private final Map<String, ImmutableSortedSet<ClusterFacts.SocketAddress>> apiServers = new TreeMap<>();
    private final Map<IdentityPolicies.Name, Optional<String>> identity = new HashMap<>();

    /** @param configured ranges of the cluster that somebody named, beyond those that nodes tell */
    FactsStore(Collection<Cidr> configured) {
        this.configured = ImmutableSortedSet.copyOf(configured);
    }

    synchronized ClusterFacts node(String name, Optional<ImmutableSortedSet<Cidr>> networks) {
        return set(nodes, name, networks);
    }

    synchronized ClusterFacts apiServer(
            String slice, Optional<ImmutableSortedSet<ClusterFacts.SocketAddress>> addresses) {
        return set(apiServers, slice, addresses);
    }

    /** @param flaw why it does nothing for identity; absent when it does */
    synchronized ClusterFacts identity(IdentityPolicies.Name name, Optional<String> flaw) {
        identity.put(name, flaw);
        return facts();
    }

    synchronized ClusterFacts identityGone(IdentityPolicies.Name name) {
        identity.remove(name);
        return facts();
    }

    /** What is missing or broken, by name; nothing where identity is in force. */
    synchronized ImmutableList<String> identityFlaws() {
        return IdentityPolicies.NEEDED.stream()
                .filter(name -> !identity.getOrDefault(name, Optional.of("")).isEmpty())
                .map(name -> name + " "
                        + (identity.containsKey(name) ? identity.get(name).orElseThrow() : "is not there"))
                .collect(ImmutableList.toImmutableList());
    }

    private <V> ClusterFacts set(Map<String, V> map, String key, Optional<V> value) {
        value.ifPresentOrElse(known -> map.put(key, known), () -> map.remove(key));
        return facts();
    }

    synchronized ClusterFacts facts() {
        ImmutableSortedSet.Builder<Cidr> networks = ImmutableSortedSet.naturalOrder();
        networks.addAll(configured);
        nodes.values().forEach(networks::addAll);
        ImmutableSortedSet.Builder<ClusterFacts.SocketAddress> addresses = ImmutableSortedSet.naturalOrder();
        apiServers.values().forEach(addresses::addAll);
        return new ClusterFacts(identityFlaws().isEmpty(), networks.build(), addresses.build());
    }
}
