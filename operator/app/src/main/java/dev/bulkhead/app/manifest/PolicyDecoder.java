package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableSet;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;

/** NetworkPolicies to the last field: one that is misspelt and passed over would open, or close, what nobody meant. */
final class PolicyDecoder {

    private static final ImmutableSet<String> POLICY =
            ImmutableSet.of("apiVersion", "kind", "metadata", "spec", "status");
    private static final ImmutableSet<String> SPEC = ImmutableSet.of("podSelector", "policyTypes", "ingress", "egress");
    private static final ImmutableSet<String> INGRESS = ImmutableSet.of("from", "ports");
    private static final ImmutableSet<String> EGRESS = ImmutableSet.of("to", "ports");
    private static final ImmutableSet<String> PEER = ImmutableSet.of("podSelector", "namespaceSelector", "ipBlock");
    private static final ImmutableSet<String> PORT = ImmutableSet.of("protocol", "port", "endPort");
    private static final ImmutableSet<String> BLOCK = ImmutableSet.of("cidr", "except");

    private PolicyDecoder() {}

    static NetworkPolicy policy(Fields object) {
        object.demandOnly(POLICY);
        NetworkPolicy policy = new NetworkPolicy();
        policy.setMetadata(MetadataDecoder.metadata(object.fields("metadata")));
        policy.setSpec(object.part("spec", PolicyDecoder::spec));
        return policy;
    }

    private static NetworkPolicySpec spec(Fields spec) {
        NetworkPolicySpec decoded = new NetworkPolicySpec();
        decoded.setPodSelector(spec.part("podSelector", MetadataDecoder::selector));
        decoded.setPolicyTypes(spec.texts("policyTypes"));
        decoded.setIngress(spec.list("ingress", PolicyDecoder::ingress));
        decoded.setEgress(spec.list("egress", PolicyDecoder::egress));
        spec.demandOnly(SPEC);
        return decoded;
    }

    private static NetworkPolicyIngressRule ingress(Fields rule) {
        NetworkPolicyIngressRule decoded = new NetworkPolicyIngressRule();
        decoded.setFrom(rule.list("from", PolicyDecoder::peer));
        decoded.setPorts(rule.list("ports", PolicyDecoder::port));
        rule.demandOnly(INGRESS);
        return decoded;
    }

    private static NetworkPolicyEgressRule egress(Fields rule) {
        NetworkPolicyEgressRule decoded = new NetworkPolicyEgressRule();
        decoded.setTo(rule.list("to", PolicyDecoder::peer));
        decoded.setPorts(rule.list("ports", PolicyDecoder::port));
        rule.demandOnly(EGRESS);
        return decoded;
    }

    private static NetworkPolicyPeer peer(Fields peer) {
        NetworkPolicyPeer decoded = new NetworkPolicyPeer();
        decoded.setPodSelector(peer.part("podSelector", MetadataDecoder::selector));
        decoded.setNamespaceSelector(peer.part("namespaceSelector", MetadataDecoder::selector));
        decoded.setIpBlock(peer.part("ipBlock", PolicyDecoder::block));
        peer.demandOnly(PEER);
        return decoded;
    }

    private static IPBlock block(Fields block) {
        block.demandOnly(BLOCK);
        return new IPBlock(block.text("cidr"), block.texts("except"));
    }

    private static NetworkPolicyPort port(Fields port) {
        NetworkPolicyPort decoded = new NetworkPolicyPort();
        decoded.setProtocol(port.text("protocol"));
        decoded.setPort(port.numberOrText("port"));
        decoded.setEndPort(port.number("endPort"));
        port.demandOnly(PORT);
        return decoded;
    }
}
