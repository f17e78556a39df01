package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.decode.ClusterFactsBuilder;
import dev.bulkhead.cluster.decode.IdentityPolicies;
import dev.bulkhead.cluster.decode.LastFound;
import dev.bulkhead.cluster.decode.NodeReader;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What holds for the cluster as a whole, put together from single objects. A fact that cannot be read is not known, which is
 * something else than that there is nothing: until it can be read, what was last known of it holds.
 */
final class FactsStore {

    private final ImmutableSortedSet<Cidr> configured;
    private final Map<String, NodeReader.Networks> nodes = new TreeMap<>();
    private final Map<String, String> ingressControllers = new TreeMap<>();
    private boolean ingressClassesListed;
    private ImmutableSortedSet<ClusterFacts.SocketAddress> apiServers = ImmutableSortedSet.of();
    private LastFound lastFound = LastFound.NOTHING;
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

    /** @param found none at all means that they are not known just now, since some API server answers us */
    synchronized ClusterFacts apiServers(ImmutableSortedSet<ClusterFacts.SocketAddress> found) {
        if (found.isEmpty() || found.equals(apiServers)) {
            return current;
        }
        apiServers = found;
        return derive();
    }

    synchronized ClusterFacts ingressClass(String name, Optional<String> controller) {
        return set(ingressControllers, name, controller);
    }

    /** From now on there are no IngressClasses but those that were seen. */
    synchronized ClusterFacts ingressClassesListed() {
        ingressClassesListed = true;
        return derive();
    }

    /** @param found what an earlier process knew last; it holds for what this one has not read yet */
    synchronized ClusterFacts lastFound(LastFound found) {
        lastFound = found;
        return derive();
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
        ClusterFactsBuilder facts = new ClusterFactsBuilder()
                .networks(configured)
                .apiServers(apiServers.isEmpty() ? lastFound.apiServers() : apiServers);
        nodes.values().forEach(facts::node);
        knownIngressControllers().forEach(facts::ingressController);
        current = facts.build(identityFlaws().isEmpty());
        return current;
    }

    private Collection<String> knownIngressControllers() {
        boolean known = ingressClassesListed || !ingressControllers.isEmpty();
        return known ? ingressControllers.values() : lastFound.ingressControllers();
    }
}
