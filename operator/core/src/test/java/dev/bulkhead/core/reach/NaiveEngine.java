package dev.bulkhead.core.reach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What NetworkPolicies mean, as literally as the specification reads: objects as users write them, one question at a time,
 * nothing computed beforehand, and nothing shared with the engine that is judged by it. The numbers are items of the list
 * of the semantics that the other tests of this package are named after.
 *
 * @param ipBlocksMatchPods 55: whether an ipBlock may mean a pod
 * @param hostNetworkLikePods 57: whether a pod on the host's network is like any other
 */
record NaiveEngine(JsonNode world, boolean ipBlocksMatchPods, boolean hostNetworkLikePods) {

    /** One end: a pod, or an address outside. */
    record End(JsonNode pod, String address) {}

    /** 4, 70: both halves; 74: over an address family that both have. */
    boolean allowed(End source, End destination, String protocol, int port) {
        Set<Integer> common = new TreeSet<>(families(source));
        common.retainAll(families(destination));
        boolean several = families(source).size() > 1 || families(destination).size() > 1;
        if (common.isEmpty() || !several) {
            return allowed(source, destination, protocol, port, 0);
        }
        for (int family : common) {
            if (allowed(source, destination, protocol, port, family)) {
                return true;
            }
        }
        return false;
    }

    private boolean allowed(End source, End destination, String protocol, int port, int family) {
        return half("Egress", source, destination, protocol, port, family)
                && half("Ingress", destination, source, protocol, port, family);
    }

    private boolean half(String direction, End self, End other, String protocol, int port, int family) {
        if (self.pod() == null || isNode(self)) {
            // Outside the cluster, and on the host's network, no policy applies.
            return true;
        }
        boolean isolated = false;
        for (JsonNode policy : objects("NetworkPolicy")) {
            JsonNode spec = policy.path("spec");
            // 6: a policy selects pods of its own namespace; 7: an absent selector is the empty one.
            if (!namespace(policy).equals(namespace(self.pod()))
                    || !selects(spec.path("podSelector"), labels(self.pod()))
                    || !governs(spec, direction)) {
                continue;
            }
            // 2: what selects a pod isolates it; 3: what any of them allows is allowed.
            isolated = true;
            for (JsonNode rule : spec.path(direction.equals("Egress") ? "egress" : "ingress")) {
                JsonNode peers = rule.path(direction.equals("Egress") ? "to" : "from");
                End podOfPorts = direction.equals("Egress") ? other : self;
                // 19: peers and ports must both fit.
                if (anyPeer(peers, policy, other, family) && anyPort(rule.path("ports"), podOfPorts, protocol, port)) {
                    return true;
                }
            }
        }
        // 1: a pod that nothing selects is open.
        return !isolated;
    }

    /** 10, 11: absent or empty, Ingress always, Egress where there are egress rules. */
    private static boolean governs(JsonNode spec, String direction) {
        JsonNode types = spec.path("policyTypes");
        if (types.isEmpty()) {
            return direction.equals("Ingress") || !spec.path("egress").isEmpty();
        }
        for (JsonNode type : types) {
            if (type.asText().equals(direction)) {
                return true;
            }
        }
        return false;
    }

    private boolean anyPeer(JsonNode peers, JsonNode policy, End other, int family) {
        // 17: no peers are all.
        if (peers.isEmpty()) {
            return true;
        }
        for (JsonNode peer : peers) {
            if (isMeant(peer, policy, other, family)) {
                return true;
            }
        }
        return false;
    }

    private boolean isMeant(JsonNode peer, JsonNode policy, End other, int family) {
        if (peer.has("ipBlock")) {
            return isInBlock(peer.path("ipBlock"), other, family);
        }
        // 23: selectors mean pods, never addresses outside.
        if (other.pod() == null || isNode(other)) {
            return false;
        }
        // 20: without a namespaceSelector the policy's own namespace.
        boolean inNamespace = peer.has("namespaceSelector")
                ? selects(peer.path("namespaceSelector"), namespaceLabels(namespace(other.pod())))
                : namespace(other.pod()).equals(namespace(policy));
        // 22: both selectors of one item must fit; 21: an absent podSelector means all pods.
        return inNamespace && selects(peer.path("podSelector"), labels(other.pod()));
    }

    private boolean isInBlock(JsonNode block, End other, int family) {
        if (other.pod() != null && !ipBlocksMatchPods && !isNode(other)) {
            return false;
        }
        for (String address : addresses(other)) {
            boolean counts = family == 0 || bits(address) == family;
            if (counts && isIn(address, block.path("cidr").asText()) && !isExcepted(address, block)) {
                return true;
            }
        }
        return false;
    }

    /** 50: the cidr less what is excepted. */
    private static boolean isExcepted(String address, JsonNode block) {
        for (JsonNode except : block.path("except")) {
            if (isIn(address, except.asText())) {
                return true;
            }
        }
        return false;
    }

    /** 54: families do not mix; 53: host bits are masked. */
    private static boolean isIn(String address, String cidr) {
        String[] parts = cidr.split("/", 2);
        int hostBits = bits(parts[0]) - Integer.parseInt(parts[1]);
        return bits(address) == bits(parts[0])
                && number(address).shiftRight(hostBits).equals(number(parts[0]).shiftRight(hostBits));
    }

    private boolean anyPort(JsonNode ports, End destination, String protocol, int port) {
        // 18: no ports are all.
        if (ports.isEmpty()) {
            return true;
        }
        for (JsonNode entry : ports) {
            // 34, 36: TCP unless said; 46: protocols do not mix.
            if (entry.path("protocol").asText("TCP").equals(protocol) && isPort(entry, destination, protocol, port)) {
                return true;
            }
        }
        return false;
    }

    private boolean isPort(JsonNode entry, End destination, String protocol, int port) {
        JsonNode wanted = entry.path("port");
        // 35: every port of the protocol.
        if (wanted.isMissingNode() || wanted.isNull()) {
            return true;
        }
        if (wanted.isNumber()) {
            // 37: both ends included.
            return port >= wanted.asInt() && port <= entry.path("endPort").asInt(wanted.asInt());
        }
        // 43: no names outside; 40, 41, 42, 49: whatever the containers of the destination call so, by protocol.
        if (destination.pod() == null || isNode(destination)) {
            return false;
        }
        for (JsonNode container : destination.pod().path("spec").path("containers")) {
            for (JsonNode declared : container.path("ports")) {
                if (declared.path("name").asText().equals(wanted.asText())
                        && declared.path("protocol").asText("TCP").equals(protocol)
                        && declared.path("containerPort").asInt() == port) {
                    return true;
                }
            }
        }
        return false;
    }

    /** 26: all requirements; the empty selector matches everything. */
    private static boolean selects(JsonNode selector, JsonNode labels) {
        for (var label : selector.path("matchLabels").properties()) {
            // 30: an empty value is a value.
            if (!labels.has(label.getKey())
                    || !labels.path(label.getKey())
                            .asText()
                            .equals(label.getValue().asText())) {
                return false;
            }
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            boolean exists = labels.has(expression.path("key").asText());
            boolean listed = false;
            for (JsonNode value : expression.path("values")) {
                listed |= exists
                        && labels.path(expression.path("key").asText()).asText().equals(value.asText());
            }
            boolean holds = switch (expression.path("operator").asText()) {
                case "In" -> listed; // 27
                case "NotIn" -> !listed; // 28: also where the key is absent
                case "Exists" -> exists; // 29
                case "DoesNotExist" -> !exists;
                default -> throw new IllegalArgumentException("operator of " + expression);
            };
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private List<JsonNode> objects(String kind) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode object : world.path("objects")) {
            if (object.path("kind").asText().equals(kind)) {
                found.add(object);
            }
        }
        return found;
    }

    /** 32, 65: the API server gives every namespace the label of its name. */
    private JsonNode namespaceLabels(String name) {
        ObjectNode labels = JsonNodeFactory.instance.objectNode();
        for (JsonNode namespace : objects("Namespace")) {
            if (namespace.path("metadata").path("name").asText().equals(name)) {
                namespace
                        .path("metadata")
                        .path("labels")
                        .properties()
                        .forEach(label -> labels.set(label.getKey(), label.getValue()));
            }
        }
        return labels.put("kubernetes.io/metadata.name", name);
    }

    private boolean isNode(End end) {
        return end.pod() != null && end.pod().path("spec").path("hostNetwork").asBoolean() && !hostNetworkLikePods;
    }

    private static Set<Integer> families(End end) {
        Set<Integer> families = new TreeSet<>();
        addresses(end).forEach(address -> families.add(bits(address)));
        return families;
    }

    private static List<String> addresses(End end) {
        if (end.pod() == null) {
            return List.of(end.address());
        }
        List<String> addresses = new ArrayList<>();
        end.pod()
                .path("status")
                .path("podIPs")
                .forEach(address -> addresses.add(address.path("ip").asText()));
        return addresses;
    }

    private static String namespace(JsonNode object) {
        return object.path("metadata").path("namespace").asText();
    }

    private static JsonNode labels(JsonNode pod) {
        return pod.path("metadata").path("labels");
    }

    private static int bits(String address) {
        return address.indexOf(':') >= 0 ? 128 : 32;
    }

    private static BigInteger number(String address) {
        try {
            return new BigInteger(1, InetAddress.getByName(address).getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }
}
