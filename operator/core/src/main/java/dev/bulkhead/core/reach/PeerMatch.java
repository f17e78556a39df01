package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.Namespace;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Whom a rule means. */
record PeerMatch(Map<String, Namespace> namespaces, PluginSemantics reading) {

    /** @param home the namespace of the policy that holds the rule */
    boolean matches(PolicyRule rule, String home, Endpoint other) {
        return rule.peers().isEmpty() || peer(rule, home, other).isPresent();
    }

    /** The first peer of the rule that means the other end; none where the rule means anybody or somebody else. */
    OptionalInt peer(PolicyRule rule, String home, Endpoint other) {
        List<PolicyPeer> peers = rule.peers().orElse(ImmutableList.of());
        for (int i = 0; i < peers.size(); i++) {
            if (matches(peers.get(i), home, other)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    boolean matches(PolicyPeer peer, String home, Endpoint other) {
        return peer.fold(
                meant -> other.fold(pods -> matches(meant, home, pods), outside -> false),
                addresses -> other.fold(
                        pods -> matches(addresses.block(), pods),
                        outside -> addresses.block().contains(outside.address())));
    }

    private boolean matches(IpBlock block, Endpoint.Pods pods) {
        return (reading.ipBlocks() == PluginSemantics.IpBlocks.MATCH_PODS || !reading.recognizes(pods))
                && pods.addresses().stream().anyMatch(block::contains);
    }

    private boolean matches(PolicyPeer.Pods peer, String home, Endpoint.Pods pods) {
        if (!reading.recognizes(pods) || !peer.pods().matches(pods.pods().labels())) {
            return false;
        }
        return peer.namespaces().isPresent()
                ? peer.namespaces().get().matches(labels(pods.namespace()))
                : home.equals(pods.namespace());
    }

    /** Those of a namespace nobody told us about are the ones that the API server gives every namespace. */
    private ImmutableSortedMap<String, String> labels(String namespace) {
        Namespace known = namespaces.get(namespace);
        return known == null ? ImmutableSortedMap.of(Namespace.NAME_LABEL, namespace) : known.labels();
    }
}
