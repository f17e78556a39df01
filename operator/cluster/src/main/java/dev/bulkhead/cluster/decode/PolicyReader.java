package dev.bulkhead.cluster.decode;

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
import dev.bulkhead.core.world.Ports;
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
import java.util.stream.Stream;

/**
 * NetworkPolicies by anybody, with the defaults that the API server applies. A policy of which any part cannot be told
 * is refused as a whole: read in part it would seem to allow more, or less, than it does.
 */
public final class PolicyReader {

    /** @throws UnreadableObjectException with everything for which the API server would refuse it */
    public NetworkPolicy read(io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy policy) {
        ObjectMeta metadata = policy.getMetadata();
        NetworkPolicySpec spec = Objects.requireNonNullElseGet(policy.getSpec(), NetworkPolicySpec::new);
        Problems problems = new Problems();
        LabelSelector subject = problems.collect(() -> selector(spec.getPodSelector(), "spec.podSelector"))
                .flatMap(given -> given)
                .orElse(LabelSelector.everything());
        ImmutableSet<Direction> directions = directions(spec, problems);
        ImmutableList<PolicyRule> ingress = ingress(orNone(spec.getIngress()), problems);
        ImmutableList<PolicyRule> egress = egress(orNone(spec.getEgress()), problems);
        problems.raise();
        return new NetworkPolicy(
                new NetworkPolicy.Key(metadata.getNamespace(), metadata.getName()),
                sorted(metadata.getLabels()),
                sorted(metadata.getAnnotations()),
                subject,
                directions,
                ingress,
                egress);
    }

    /** Ingress always, egress where there are rules for it; unless the policy says itself. */
    private static ImmutableSet<Direction> directions(NetworkPolicySpec spec, Problems problems) {
        List<String> types = orNone(spec.getPolicyTypes());
        if (types.isEmpty()) {
            return orNone(spec.getEgress()).isEmpty()
                    ? ImmutableSet.of(Direction.INGRESS)
                    : ImmutableSet.of(Direction.EGRESS, Direction.INGRESS);
        }
        if (types.size() > Direction.values().length) {
            problems.add("spec.policyTypes", "may not specify more than two policyTypes; leave some out");
        }
        ImmutableSet.Builder<Direction> directions = ImmutableSet.builder();
        for (int i = 0; i < types.size(); i++) {
            Optional<Direction> direction = direction(types.get(i));
            direction.ifPresent(directions::add);
            if (direction.isEmpty()) {
                problems.add("spec.policyTypes[" + i + "]", "'" + types.get(i) + "' is neither Ingress nor Egress");
            }
        }
        return directions.build();
    }

    private static Optional<Direction> direction(String type) {
        return Stream.of(Direction.values())
                .filter(direction -> direction.policyType().equals(type))
                .findFirst();
    }

    private static ImmutableList<PolicyRule> ingress(List<NetworkPolicyIngressRule> rules, Problems problems) {
        ImmutableList.Builder<PolicyRule> read = ImmutableList.builder();
        for (int i = 0; i < rules.size(); i++) {
            String field = "spec.ingress[" + i + "]";
            NetworkPolicyIngressRule rule = rules.get(i);
            problems.collect(() -> rule(rule.getFrom(), field + ".from", rule.getPorts(), field))
                    .ifPresent(read::add);
        }
        return read.build();
    }

    private static ImmutableList<PolicyRule> egress(List<NetworkPolicyEgressRule> rules, Problems problems) {
        ImmutableList.Builder<PolicyRule> read = ImmutableList.builder();
        for (int i = 0; i < rules.size(); i++) {
            String field = "spec.egress[" + i + "]";
            NetworkPolicyEgressRule rule = rules.get(i);
            problems.collect(() -> rule(rule.getTo(), field + ".to", rule.getPorts(), field))
                    .ifPresent(read::add);
        }
        return read.build();
    }

    private static PolicyRule rule(
            List<NetworkPolicyPeer> peers, String peersField, List<NetworkPolicyPort> ports, String field) {
        Problems problems = new Problems();
        ImmutableList.Builder<PolicyPeer> read = ImmutableList.builder();
        List<NetworkPolicyPeer> given = orNone(peers);
        for (int i = 0; i < given.size(); i++) {
            String place = peersField + "[" + i + "]";
            NetworkPolicyPeer peer = given.get(i);
            problems.collect(() -> peer(peer, place)).ifPresent(read::add);
        }
        Optional<Ports> allowed = problems.collect(() -> PortReader.read(ports, field + ".ports"));
        problems.raise();
        return new PolicyRule(given.isEmpty() ? Optional.empty() : Optional.of(read.build()), allowed.orElseThrow());
    }

    private static PolicyPeer peer(NetworkPolicyPeer peer, String field) {
        Problems problems = new Problems();
        Optional<Optional<LabelSelector>> namespaces =
                problems.collect(() -> selector(peer.getNamespaceSelector(), field + ".namespaceSelector"));
        Optional<Optional<LabelSelector>> pods =
                problems.collect(() -> selector(peer.getPodSelector(), field + ".podSelector"));
        boolean selects = peer.getNamespaceSelector() != null || peer.getPodSelector() != null;
        if (peer.getIpBlock() == null) {
            if (!selects) {
                problems.add(field, "must specify a peer; write podSelector, namespaceSelector or ipBlock");
            }
            problems.raise();
            return new PolicyPeer.Pods(
                    namespaces.orElseThrow(), pods.orElseThrow().orElse(LabelSelector.everything()));
        }
        if (selects) {
            problems.add(field, "may not specify both ipBlock and another peer; make it two items, each begun by '- '");
        }
        Optional<IpBlock> block = problems.collect(() -> block(peer.getIpBlock(), field + ".ipBlock"));
        problems.raise();
        return new PolicyPeer.Addresses(block.orElseThrow());
    }

    private static IpBlock block(IPBlock block, String field) {
        if (block.getCidr() == null) {
            throw new UnreadableObjectException(
                    field + ".cidr", "it is missing; write a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
        }
        Cidr cidr = AddressReader.range(block.getCidr(), field + ".cidr");
        Problems problems = new Problems();
        ImmutableList.Builder<Cidr> except = ImmutableList.builder();
        List<String> parts = orNone(block.getExcept());
        for (int i = 0; i < parts.size(); i++) {
            String place = field + ".except[" + i + "]";
            String part = parts.get(i);
            problems.collect(() -> hole(part, cidr, place)).ifPresent(except::add);
        }
        problems.raise();
        return IpBlock.of(cidr, except.build());
    }

    private static Cidr hole(String part, Cidr cidr, String field) {
        Cidr hole = AddressReader.range(part, field);
        if (!cidr.contains(hole) || hole.equals(cidr)) {
            throw new UnreadableObjectException(
                    field, "must be a strict subset of `cidr`, and " + hole + " is none of " + cidr + "; leave it out");
        }
        return hole;
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
