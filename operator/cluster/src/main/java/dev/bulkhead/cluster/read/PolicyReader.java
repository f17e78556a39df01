package dev.bulkhead.cluster.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * NetworkPolicies by anybody, with the defaults that the API server applies. A policy of which any part cannot be told
 * is refused as a whole: read in part it would seem to allow more, or less, than it does.
 */
public final class PolicyReader {

    /** @throws UnreadableObjectException if the API server would refuse it */
    public NetworkPolicy read(io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy policy) {
        ObjectMeta metadata = policy.getMetadata();
        NetworkPolicySpec spec = Objects.requireNonNullElseGet(policy.getSpec(), NetworkPolicySpec::new);
        return new NetworkPolicy(
                new NetworkPolicy.Key(metadata.getNamespace(), metadata.getName()),
                sorted(metadata.getLabels()),
                sorted(metadata.getAnnotations()),
                selector(spec.getPodSelector(), "spec.podSelector").orElse(LabelSelector.everything()),
                directions(spec),
                ingress(orNone(spec.getIngress())),
                egress(orNone(spec.getEgress())));
    }

    /** Ingress always, egress where there are rules for it; unless the policy says itself. */
    private static ImmutableSet<Direction> directions(NetworkPolicySpec spec) {
        List<String> types = orNone(spec.getPolicyTypes());
        if (types.isEmpty()) {
            return orNone(spec.getEgress()).isEmpty()
                    ? ImmutableSet.of(Direction.INGRESS)
                    : ImmutableSet.of(Direction.EGRESS, Direction.INGRESS);
        }
        return types.stream().map(PolicyReader::direction).collect(ImmutableSet.toImmutableSet());
    }

    private static Direction direction(String type) {
        for (Direction direction : Direction.values()) {
            if (direction.policyType().equals(type)) {
                return direction;
            }
        }
        throw new UnreadableObjectException("spec.policyTypes", "'" + type + "' is neither Ingress nor Egress");
    }

    private static ImmutableList<PolicyRule> ingress(List<NetworkPolicyIngressRule> rules) {
        ImmutableList.Builder<PolicyRule> read = ImmutableList.builder();
        for (int i = 0; i < rules.size(); i++) {
            String field = "spec.ingress[" + i + "]";
            read.add(rule(rules.get(i).getFrom(), field + ".from", rules.get(i).getPorts(), field));
        }
        return read.build();
    }

    private static ImmutableList<PolicyRule> egress(List<NetworkPolicyEgressRule> rules) {
        ImmutableList.Builder<PolicyRule> read = ImmutableList.builder();
        for (int i = 0; i < rules.size(); i++) {
            String field = "spec.egress[" + i + "]";
            read.add(rule(rules.get(i).getTo(), field + ".to", rules.get(i).getPorts(), field));
        }
        return read.build();
    }

    private static PolicyRule rule(
            List<NetworkPolicyPeer> peers, String peersField, List<NetworkPolicyPort> ports, String field) {
        ImmutableList.Builder<PolicyPeer> read = ImmutableList.builder();
        List<NetworkPolicyPeer> given = orNone(peers);
        for (int i = 0; i < given.size(); i++) {
            read.add(peer(given.get(i), peersField + "[" + i + "]"));
        }
        return new PolicyRule(
                given.isEmpty() ? Optional.empty() : Optional.of(read.build()),
                PortReader.read(ports, field + ".ports"));
    }

    private static PolicyPeer peer(NetworkPolicyPeer peer, String field) {
        Optional<LabelSelector> namespaces = selector(peer.getNamespaceSelector(), field + ".namespaceSelector");
        Optional<LabelSelector> pods = selector(peer.getPodSelector(), field + ".podSelector");
        boolean selects = namespaces.isPresent() || pods.isPresent();
        if (peer.getIpBlock() == null) {
            if (!selects) {
                throw new UnreadableObjectException(field, "a peer names pods, namespaces or addresses");
            }
            return new PolicyPeer.Pods(namespaces, pods.orElse(LabelSelector.everything()));
        }
        if (selects) {
            throw new UnreadableObjectException(field, "ipBlock stands beside no selector");
        }
        return new PolicyPeer.Addresses(block(peer.getIpBlock(), field + ".ipBlock"));
    }

    private static IpBlock block(IPBlock block, String field) {
        if (block.getCidr() == null) {
            throw new UnreadableObjectException(field + ".cidr", "it is not there");
        }
        Cidr cidr = AddressReader.range(block.getCidr(), field + ".cidr");
        ImmutableList.Builder<Cidr> except = ImmutableList.builder();
        for (String part : orNone(block.getExcept())) {
            Cidr hole = AddressReader.range(part, field + ".except");
            if (!cidr.contains(hole) || hole.equals(cidr)) {
                throw new UnreadableObjectException(field + ".except", hole + " is not a part of " + cidr);
            }
            except.add(hole);
        }
        return IpBlock.of(cidr, except.build());
    }

    private static Optional<LabelSelector> selector(
            io.fabric8.kubernetes.api.model.LabelSelector selector, String field) {
        return Optional.ofNullable(selector).map(given -> SelectorReader.read(given, field));
    }

    private static ImmutableSortedMap<String, String> sorted(Map<String, String> map) {
        return ImmutableSortedMap.copyOf(Objects.requireNonNullElse(map, ImmutableMap.of()));
    }

    private static <T> List<T> orNone(List<T> list) {
        return Objects.requireNonNullElse(list, ImmutableList.of());
    }
}
