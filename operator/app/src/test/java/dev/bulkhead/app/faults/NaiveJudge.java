package dev.bulkhead.app.faults;

import com.google.common.net.InetAddresses;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What NetworkPolicies allow between the ends of a scene, asked one connection at a time, as literally as the
 * specification reads. It shares nothing with the engine of the product.
 */
final class NaiveJudge {

    /** A pod, or an address outside the cluster. */
    record End(String namespace, Map<String, String> labels, String address) {

        static End pod(String namespace, Map<String, String> labels) {
            return new End(namespace, labels, "");
        }

        static End outside(String address) {
            return new End("", Map.of(), address);
        }

        boolean isPod() {
            return address.isEmpty();
        }

        @Override
        public String toString() {
            return isPod() ? namespace + "/" + labels : address;
        }
    }

    private final List<End> ends;
    private final List<Integer> ports;

    /** @param ports TCP */
    NaiveJudge(List<End> ends, List<Integer> ports) {
        this.ends = List.copyOf(ends);
        this.ports = List.copyOf(ports);
    }

    /** Every connection that is allowed, one text each. */
    Set<String> allowed(Collection<NetworkPolicy> policies) {
        Set<String> allowed = new TreeSet<>();
        for (End source : ends) {
            for (End destination : ends) {
                for (int port : ports) {
                    if (half("Egress", source, destination, port, policies)
                            && half("Ingress", destination, source, port, policies)) {
                        allowed.add(source + " to " + destination + ":" + port);
                    }
                }
            }
        }
        return allowed;
    }

    /** What is wrong with which state between the first and the last; empty if nothing is. */
    List<String> wrong(List<? extends Collection<NetworkPolicy>> states) {
        Set<String> before = allowed(states.get(0));
        Set<String> after = allowed(states.get(states.size() - 1));
        List<String> wrong = new ArrayList<>();
        for (int state = 0; state < states.size(); state++) {
            Set<String> between = allowed(states.get(state));
            for (String connection : before) {
                if (after.contains(connection) && !between.contains(connection)) {
                    wrong.add("gap in state " + state + ": " + connection);
                }
            }
            for (String connection : between) {
                if (!before.contains(connection) && !after.contains(connection)) {
                    wrong.add("hole in state " + state + ": " + connection);
                }
            }
        }
        return wrong;
    }

    private static boolean half(String type, End self, End other, int port, Collection<NetworkPolicy> policies) {
        if (!self.isPod()) {
            return true;
        }
        boolean isolated = false;
        for (NetworkPolicy policy : policies) {
            boolean concerns = policy.getMetadata().getNamespace().equals(self.namespace())
                    && selects(policy.getSpec().getPodSelector(), self.labels())
                    && policy.getSpec().getPolicyTypes().contains(type);
            if (concerns) {
                isolated = true;
                if (allows(type, policy, other, port)) {
                    return true;
                }
            }
        }
        return !isolated;
    }

    private static boolean allows(String type, NetworkPolicy policy, End other, int port) {
        String home = policy.getMetadata().getNamespace();
        return type.equals("Egress")
                ? policy.getSpec().getEgress().stream()
                        .anyMatch(rule -> anyPeer(rule.getTo(), home, other) && anyPort(rule.getPorts(), port))
                : policy.getSpec().getIngress().stream()
                        .anyMatch(rule -> anyPeer(rule.getFrom(), home, other) && anyPort(rule.getPorts(), port));
    }

    private static boolean anyPeer(List<NetworkPolicyPeer> peers, String home, End other) {
        return peers.isEmpty() || peers.stream().anyMatch(peer -> isMeant(peer, home, other));
    }

    private static boolean isMeant(NetworkPolicyPeer peer, String home, End other) {
        if (peer.getIpBlock() != null) {
            return !other.isPod()
                    && isIn(other.address(), peer.getIpBlock().getCidr())
                    && peer.getIpBlock().getExcept().stream().noneMatch(except -> isIn(other.address(), except));
        }
        boolean inNamespace = peer.getNamespaceSelector() == null
                ? other.namespace().equals(home)
                : selects(peer.getNamespaceSelector(), Map.of("kubernetes.io/metadata.name", other.namespace()));
        return other.isPod() && inNamespace && selects(peer.getPodSelector(), other.labels());
    }

    private static boolean isIn(String address, String cidr) {
        String[] parts = cidr.split("/", 2);
        byte[] wanted = InetAddresses.forString(parts[0]).getAddress();
        byte[] given = InetAddresses.forString(address).getAddress();
        int hostBits = wanted.length * 8 - Integer.parseInt(parts[1]);
        return wanted.length == given.length
                && new BigInteger(1, wanted).shiftRight(hostBits).equals(new BigInteger(1, given).shiftRight(hostBits));
    }

    private static boolean anyPort(List<NetworkPolicyPort> ports, int port) {
        return ports.isEmpty() || ports.stream().anyMatch(entry -> isPort(entry, port));
    }

    private static boolean isPort(NetworkPolicyPort entry, int port) {
        boolean tcp = entry.getProtocol() == null || entry.getProtocol().equals("TCP");
        if (!tcp || entry.getPort() == null) {
            return tcp;
        }
        Integer from = entry.getPort().getIntVal();
        if (from == null) {
            throw new IllegalArgumentException("the scenes have no named ports: " + entry);
        }
        return port >= from && port <= (entry.getEndPort() == null ? from : entry.getEndPort());
    }

    private static boolean selects(LabelSelector selector, Map<String, String> labels) {
        if (selector == null) {
            return true;
        }
        return labels.entrySet().containsAll(selector.getMatchLabels().entrySet())
                && selector.getMatchExpressions().stream().allMatch(requirement -> holds(requirement, labels));
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
}
