package dev.bulkhead.cluster.simulation;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.IPBlock;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Which connections NetworkPolicies allow, by asking for every pair of ends and every port what the specification says.
 * It shares nothing with the engine of the product.
 */
final class Connections {

    /** A pod, or an address outside the cluster if there is no pod. */
    private record End(String name, Pod pod, String address) {

        String namespace() {
            return pod == null ? "" : pod.getMetadata().getNamespace();
        }

        Map<String, String> labels() {
            return Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of());
        }
    }

    private record Port(String protocol, int number) {}

    private static final List<Port> PORTS = List.of(new Port("TCP", 8080), new Port("TCP", 9090), new Port("UDP", 53));
    private static final List<String> OUTSIDE = List.of("203.0.113.5", "198.51.100.9");

    private final List<End> ends = new ArrayList<>();

    /** @param pods all that are looked at, whether they exist at the moment or not */
    Connections(Collection<Pod> pods) {
        pods.forEach(pod -> ends.add(new End(
                pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName(), pod, "")));
        OUTSIDE.forEach(address -> ends.add(new End(address, null, address)));
    }

    /** One bit for each connection. */
    BitSet allowed(Collection<HasMetadata> policies) {
        int ports = PORTS.size();
        BitSet out = new BitSet();
        BitSet in = new BitSet();
        for (int self = 0; self < ends.size(); self++) {
            half(ends.get(self), "Egress", policies, out, self, true);
            half(ends.get(self), "Ingress", policies, in, self, false);
        }
        out.and(in);
        // A pod reaches itself whatever the policies say, and what is outside is not our business.
        for (int i = 0; i < ends.size(); i++) {
            for (int j = 0; j < ends.size(); j++) {
                if (i == j || (ends.get(i).pod() == null && ends.get(j).pod() == null)) {
                    out.clear(index(i, j, 0), index(i, j, 0) + ports);
                }
            }
        }
        return out;
    }

    private int index(int source, int destination, int port) {
        return (source * ends.size() + destination) * PORTS.size() + port;
    }

    private void half(
            End self, String direction, Collection<HasMetadata> all, BitSet result, int place, boolean isSource) {
        List<NetworkPolicy> selecting = new ArrayList<>();
        for (HasMetadata object : all) {
            NetworkPolicy policy = (NetworkPolicy) object;
            if (self.pod() != null
                    && policy.getMetadata().getNamespace().equals(self.namespace())
                    && selects(policy.getSpec().getPodSelector(), self.labels())
                    && policy.getSpec().getPolicyTypes().contains(direction)) {
                selecting.add(policy);
            }
        }
        for (int other = 0; other < ends.size(); other++) {
            for (int port = 0; port < PORTS.size(); port++) {
                boolean open = selecting.isEmpty();
                for (NetworkPolicy policy : selecting) {
                    open = open
                            || (isSource
                                    ? egress(policy, ends.get(other), PORTS.get(port))
                                    : ingress(policy, ends.get(other), PORTS.get(port)));
                }
                if (open) {
                    result.set(isSource ? index(place, other, port) : index(other, place, port));
                }
            }
        }
    }

    private static boolean egress(NetworkPolicy policy, End other, Port port) {
        for (NetworkPolicyEgressRule rule : orNone(policy.getSpec().getEgress())) {
            if (anyPeer(orNone(rule.getTo()), policy, other) && anyPort(orNone(rule.getPorts()), port)) {
                return true;
            }
        }
        return false;
    }

    private static boolean ingress(NetworkPolicy policy, End other, Port port) {
        for (NetworkPolicyIngressRule rule : orNone(policy.getSpec().getIngress())) {
            if (anyPeer(orNone(rule.getFrom()), policy, other) && anyPort(orNone(rule.getPorts()), port)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyPeer(List<NetworkPolicyPeer> peers, NetworkPolicy policy, End other) {
        return peers.isEmpty() || peers.stream().anyMatch(peer -> isMeant(peer, policy, other));
    }

    private static boolean isMeant(NetworkPolicyPeer peer, NetworkPolicy policy, End other) {
        if (peer.getIpBlock() != null) {
            return other.pod() == null && isIn(peer.getIpBlock(), other.address());
        }
        if (other.pod() == null) {
            return false;
        }
        boolean namespace = peer.getNamespaceSelector() == null
                ? other.namespace().equals(policy.getMetadata().getNamespace())
                : selects(peer.getNamespaceSelector(), Map.of("kubernetes.io/metadata.name", other.namespace()));
        return namespace && (peer.getPodSelector() == null || selects(peer.getPodSelector(), other.labels()));
    }

    private static boolean isIn(IPBlock block, String address) {
        return isIn(block.getCidr(), address)
                && orNone(block.getExcept()).stream().noneMatch(except -> isIn(except, address));
    }

    private static boolean isIn(String cidr, String address) {
        if (cidr.indexOf(':') >= 0) {
            return false;
        }
        String[] parts = cidr.split("/", 2);
        int hostBits = 32 - Integer.parseInt(parts[1]);
        return number(parts[0]) >>> hostBits == number(address) >>> hostBits;
    }

    private static long number(String address) {
        long number = 0;
        for (String part : address.split("[.]", 4)) {
            number = number << 8 | Integer.parseInt(part);
        }
        return number;
    }

    private static boolean anyPort(List<NetworkPolicyPort> ports, Port port) {
        return ports.isEmpty() || ports.stream().anyMatch(entry -> isPort(entry, port));
    }

    private static boolean isPort(NetworkPolicyPort entry, Port port) {
        if (!Objects.requireNonNullElse(entry.getProtocol(), "TCP").equals(port.protocol())) {
            return false;
        }
        if (entry.getPort() == null) {
            return true;
        }
        if (entry.getPort().getIntVal() == null) {
            throw new IllegalArgumentException("a port by name: " + entry);
        }
        int first = entry.getPort().getIntVal();
        int last = Objects.requireNonNullElse(entry.getEndPort(), first);
        return first <= port.number() && port.number() <= last;
    }

    private static boolean selects(LabelSelector selector, Map<String, String> labels) {
        if (selector == null) {
            return true;
        }
        boolean matches = selector.getMatchLabels() == null
                || labels.entrySet().containsAll(selector.getMatchLabels().entrySet());
        for (LabelSelectorRequirement requirement : orNone(selector.getMatchExpressions())) {
            matches = matches && holds(requirement, labels);
        }
        return matches;
    }

    private static boolean holds(LabelSelectorRequirement requirement, Map<String, String> labels) {
        String value = labels.get(requirement.getKey());
        return switch (requirement.getOperator()) {
            case "In" -> value != null && requirement.getValues().contains(value);
            case "NotIn" -> value == null || !requirement.getValues().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            default -> throw new IllegalArgumentException(requirement.getOperator());
        };
    }

    private static <T> List<T> orNone(List<T> list) {
        return Objects.requireNonNullElse(list, List.of());
    }

    /** The connections that begin or end in one of these namespaces. */
    BitSet within(Collection<String> namespaces) {
        BitSet touched = new BitSet();
        for (int i = 0; i < ends.size(); i++) {
            for (int j = 0; j < ends.size(); j++) {
                if (namespaces.contains(ends.get(i).namespace())
                        || namespaces.contains(ends.get(j).namespace())) {
                    touched.set(index(i, j, 0), index(i, j, 0) + PORTS.size());
                }
            }
        }
        return touched;
    }

    /** All namespaces that the pods are in. */
    Collection<String> namespaces() {
        Map<String, Boolean> names = new TreeMap<>();
        ends.stream().filter(end -> end.pod() != null).forEach(end -> names.put(end.namespace(), true));
        return names.keySet();
    }

    /** For people. */
    List<String> describe(BitSet connections) {
        return connections.stream()
                .mapToObj(bit -> {
                    Port port = PORTS.get(bit % PORTS.size());
                    int pair = bit / PORTS.size();
                    return ends.get(pair / ends.size()).name() + " -> "
                            + ends.get(pair % ends.size()).name() + " " + port.protocol() + " " + port.number();
                })
                .toList();
    }
}
