package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.read.ClusterFactsBuilder;
import dev.bulkhead.cluster.read.IdentityPolicies;
import dev.bulkhead.cluster.read.NodeReader;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What holds for the cluster as a whole, put together from single objects. */
final class FactsStore {

    private final ImmutableSortedSet<Cidr> configured;
    private final Map<String, NodeReader.Networks> nodes = new TreeMap<>();
    private final Map<String, String> ingressControllers = new TreeMap<>();
    private final Map<String, ImmutableSortedSet<ClusterFacts.SocketAddress>> apiServers = new TreeMap<>();
    private ImmutableSortedSet<ClusterFacts.SocketAddress> lastApiServers = ImmutableSortedSet.of();
    private final Map<IdentityPolicies.Name, Optional<String>> identity = new HashMap<>();
    private ClusterFacts current;

    /** @param configured ranges of the cluster that somebody named, beyond those that nodes tell */
    FactsStore(Collection<Cidr> configured) {
        this.configured = ImmutableSortedSet.copyOf(configured);
        this.current = derive();
    }

    synchronized ClusterFacts node(String name, Optional<NodeReader.Networks> networks) {
        return set(nodes, name, networks);
    }

    synchronized ClusterFacts apiServer(
            String slice, Optional<ImmutableSortedSet<ClusterFacts.SocketAddress>> addresses) {
        return set(apiServers, slice, addresses);
    }

    synchronized ClusterFacts ingressClass(String name, Optional<String> controller) {
        return set(ingressControllers, name, controller);
    }

    /** @param flaw why it does nothing for identity; absent when it does */
    synchronized ClusterFacts identity(IdentityPolicies.Name name, Optional<String> flaw) {
        identity.put(name, flaw);
        return derive();
    }

    synchronized ClusterFacts identityGone(IdentityPolicies.Name name) {
        identity.remove(name);
        return derive();
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
        V before = value.isPresent() ? map.put(key, value.get()) : map.remove(key);
        // A node's heartbeat says nothing new.
        return Objects.equals(before, value.orElse(null)) ? current : derive();
    }

    synchronized ClusterFacts facts() {
        return current;
    }

    private ClusterFacts derive() {
        ClusterFactsBuilder facts =
                new ClusterFactsBuilder().networks(configured).apiServers(knownApiServers());
        nodes.values().forEach(facts::node);
        ingressControllers.values().forEach(facts::ingressController);
        current = facts.build(identityFlaws().isEmpty());
        return current;
    }

    /** This one answers us, so that none at all means that its addresses are not known just now. */
    private ImmutableSortedSet<ClusterFacts.SocketAddress> knownApiServers() {
        ImmutableSortedSet.Builder<ClusterFacts.SocketAddress> addresses = ImmutableSortedSet.naturalOrder();
        apiServers.values().forEach(addresses::addAll);
        ImmutableSortedSet<ClusterFacts.SocketAddress> known = addresses.build();
        if (!known.isEmpty()) {
            lastApiServers = known;
        }
        return lastApiServers;
    }
}
