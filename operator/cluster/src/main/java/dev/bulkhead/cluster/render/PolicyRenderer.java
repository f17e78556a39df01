package dev.bulkhead.cluster.render;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpBlock;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlockBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpecBuilder;
import java.util.List;

/**
 * Policies as the API server stores them: every default written out, no list that is empty (it would be dropped, and
 * the object would seem to have drifted). What is rendered reads back as the very same value.
 */
public final class PolicyRenderer {

    public io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy render(NetworkPolicy policy) {
        return new NetworkPolicyBuilder()
                .withMetadata(metadata(policy))
                .withSpec(spec(policy))
                .build();
    }

    private static ObjectMeta metadata(NetworkPolicy policy) {
        return new ObjectMetaBuilder()
                .withName(policy.key().name())
                .withNamespace(policy.key().namespace())
                .withLabels(orAbsent(policy.labels()))
                .withAnnotations(orAbsent(policy.annotations()))
                .build();
    }

    private static ImmutableSortedMap<String, String> orAbsent(ImmutableSortedMap<String, String> map) {
        return map.isEmpty() ? null : map;
    }

    private static NetworkPolicySpec spec(NetworkPolicy policy) {
        NetworkPolicySpecBuilder spec = new NetworkPolicySpecBuilder()
                .withPodSelector(SelectorRenderer.render(policy.subject()))
                .withPolicyTypes(policyTypes(policy.directions()));
        if (!policy.ingress().isEmpty()) {
            spec.withIngress(
                    policy.ingress().stream().map(PolicyRenderer::ingress).toList());
        }
        if (!policy.egress().isEmpty()) {
            spec.withEgress(policy.egress().stream().map(PolicyRenderer::egress).toList());
        }
        return spec.build();
    }

    /** Ingress first, as people write it. */
    private static List<String> policyTypes(ImmutableSet<Direction> directions) {
        return List.of(Direction.INGRESS, Direction.EGRESS).stream()
                .filter(directions::contains)
                .map(Direction::policyType)
                .toList();
    }

    private static NetworkPolicyIngressRule ingress(PolicyRule rule) {
        NetworkPolicyIngressRuleBuilder builder = new NetworkPolicyIngressRuleBuilder();
        rule.peers().ifPresent(peers -> builder.withFrom(peers(peers)));
        List<NetworkPolicyPort> ports = PortRenderer.render(rule.ports());
        if (!ports.isEmpty()) {
            builder.withPorts(ports);
        }
        return builder.build();
    }

    private static NetworkPolicyEgressRule egress(PolicyRule rule) {
        NetworkPolicyEgressRuleBuilder builder = new NetworkPolicyEgressRuleBuilder();
        rule.peers().ifPresent(peers -> builder.withTo(peers(peers)));
        List<NetworkPolicyPort> ports = PortRenderer.render(rule.ports());
        if (!ports.isEmpty()) {
            builder.withPorts(ports);
        }
        return builder.build();
    }

    private static List<NetworkPolicyPeer> peers(List<PolicyPeer> peers) {
        return peers.stream().map(peer -> peer(peer)).toList();
    }

    private static NetworkPolicyPeer peer(PolicyPeer peer) {
        return peer.fold(
                PolicyRenderer::peer,
                addresses -> new NetworkPolicyPeerBuilder()
                        .withIpBlock(block(addresses.block()))
                        .build());
    }

    private static NetworkPolicyPeer peer(PolicyPeer.Pods pods) {
        LabelSelector namespaces =
                pods.namespaces().map(SelectorRenderer::render).orElse(null);
        NetworkPolicyPeerBuilder builder = new NetworkPolicyPeerBuilder().withNamespaceSelector(namespaces);
        if (namespaces == null || !pods.pods().isEverything()) {
            builder.withPodSelector(SelectorRenderer.render(pods.pods()));
        }
        return builder.build();
    }

    private static IPBlock block(IpBlock block) {
        IPBlockBuilder builder = new IPBlockBuilder().withCidr(block.cidr().toString());
        if (!block.except().isEmpty()) {
            builder.withExcept(block.except().stream().map(Cidr::toString).toList());
        }
        return builder.build();
    }
}
