package dev.bulkhead.core.reach;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Small clusters, each from its seed, in the shape in which users write them: with everything that is easily misread. */
final class RandomClusters {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> NAMESPACES = List.of("a", "b", "c", "d");
    private static final List<String> KEYS = List.of("app", "tier", "env");
    private static final List<String> VALUES = List.of("web", "db", "", "x");
    private static final List<String> PORT_NAMES = List.of("http", "dns", "sig");
    private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");
    private static final List<String> RANGES = List.of(
            "0.0.0.0/0",
            "10.0.0.0/8",
            "10.1.0.0/16",
            "10.1.0.4/30",
            "10.1.0.5/32",
            "10.1.0.5/24",
            "192.0.2.0/24",
            "::/0",
            "fd00::/8",
            "fd00::4/126",
            "fd00::5/128",
            "2001:db8::/32");
    /** Addresses outside that lie within, beside and beyond the ranges. */
    static final List<String> OUTSIDE =
            List.of("192.0.2.7", "10.9.9.9", "255.255.255.255", "0.0.0.0", "2001:db8::7", "fd00::ff", "::");

    private final Random random;

    private RandomClusters(long seed) {
        this.random = new Random(seed);
    }

    static ObjectNode of(long seed) {
        return new RandomClusters(seed).world();
    }

    private ObjectNode world() {
        ObjectNode world = JSON.objectNode();
        ArrayNode objects = world.putArray("objects");
        int namespaces = 1 + random.nextInt(NAMESPACES.size());
        for (int i = 0; i < namespaces; i++) {
            if (chance(80)) {
                ObjectNode namespace = object(objects, "v1", "Namespace", NAMESPACES.get(i), null);
                labels((ObjectNode) namespace.get("metadata"));
            }
        }
        int pods = 2 + random.nextInt(6);
        for (int i = 0; i < pods; i++) {
            pod(objects, "p" + i, NAMESPACES.get(random.nextInt(namespaces)), i);
        }
        int policies = random.nextInt(7);
        for (int i = 0; i < policies; i++) {
            policy(objects, "n" + i, NAMESPACES.get(random.nextInt(namespaces)));
        }
        return world;
    }

    private static ObjectNode object(ArrayNode objects, String version, String kind, String name, String namespace) {
        ObjectNode object = objects.addObject().put("apiVersion", version).put("kind", kind);
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        if (namespace != null) {
            metadata.put("namespace", namespace);
        }
        return object;
    }

    private void pod(ArrayNode objects, String name, String namespace, int number) {
        ObjectNode pod = object(objects, "v1", "Pod", name, namespace);
        labels((ObjectNode) pod.get("metadata"));
        if (chance(30)) {
            ((ObjectNode) pod.get("metadata"))
                    .putArray("ownerReferences")
                    .addObject()
                    .put("kind", "StatefulSet")
                    .put("name", pick(List.of("one", "two")))
                    .put("controller", true);
        }
        ObjectNode spec = pod.putObject("spec");
        if (chance(8)) {
            spec.put("hostNetwork", true);
        }
        ArrayNode ports =
                spec.putArray("containers").addObject().put("name", "c").putArray("ports");
        for (int i = random.nextInt(4); i > 0; i--) {
            ObjectNode port = ports.addObject().put("containerPort", pick(List.of(80, 81, 53, 7777)));
            port.put("name", pick(PORT_NAMES));
            if (chance(60)) {
                port.put("protocol", pick(PROTOCOLS));
            }
        }
        ArrayNode addresses = pod.putObject("status").put("phase", "Running").putArray("podIPs");
        int families = random.nextInt(10);
        if (families < 8) {
            addresses.addObject().put("ip", "10.1.0." + (number + 3));
        }
        if (families > 5 && families < 9) {
            addresses.addObject().put("ip", "fd00::" + (number + 3));
        }
    }

    private void labels(ObjectNode metadata) {
        ObjectNode labels = metadata.putObject("labels");
        for (String key : KEYS) {
            if (chance(60)) {
                labels.put(key, pick(VALUES));
            }
        }
    }

    private void policy(ArrayNode objects, String name, String namespace) {
        ObjectNode spec = object(objects, "networking.k8s.io/v1", "NetworkPolicy", name, namespace)
                .putObject("spec");
        if (chance(90)) {
            selector(spec, "podSelector");
        }
        switch (random.nextInt(6)) {
            case 0 -> spec.putArray("policyTypes").add("Ingress");
            case 1 -> spec.putArray("policyTypes").add("Egress");
            case 2 -> spec.putArray("policyTypes").add("Egress").add("Ingress");
            case 3 -> spec.putArray("policyTypes");
            default -> {}
        }
        rules(spec, "ingress", "from");
        rules(spec, "egress", "to");
    }

    private void rules(ObjectNode spec, String direction, String peers) {
        if (chance(35)) {
            return;
        }
        ArrayNode rules = spec.putArray(direction);
        for (int i = random.nextInt(3); i > 0; i--) {
            ObjectNode rule = rules.addObject();
            if (chance(85)) {
                ArrayNode list = rule.putArray(peers);
                for (int n = random.nextInt(3); n > 0; n--) {
                    peer(list.addObject());
                }
            }
            if (chance(70)) {
                ArrayNode list = rule.putArray("ports");
                for (int n = random.nextInt(3); n > 0; n--) {
                    port(list.addObject());
                }
            }
        }
    }

    private void peer(ObjectNode peer) {
        switch (random.nextInt(4)) {
            case 0 -> selector(peer, "podSelector");
            case 1 -> selector(peer, "namespaceSelector");
            case 2 -> {
                selector(peer, "podSelector");
                selector(peer, "namespaceSelector");
            }
            default -> block(peer);
        }
    }

    private void block(ObjectNode peer) {
        String cidr = pick(RANGES);
        ObjectNode block = peer.putObject("ipBlock").put("cidr", cidr);
        if (chance(50)) {
            ArrayNode except = block.putArray("except");
            for (int i = random.nextInt(3); i > 0; i--) {
                String part = pick(RANGES);
                boolean sameFamily = part.contains(":") == cidr.contains(":");
                if (sameFamily && prefix(part) > prefix(cidr) && isInside(part, cidr)) {
                    except.add(part);
                }
            }
        }
    }

    private static int prefix(String cidr) {
        return Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
    }

    private static boolean isInside(String part, String cidr) {
        return prefix(cidr) == 0 || part.startsWith(cidr.substring(0, cidr.contains(":") ? 4 : cidr.indexOf('.') + 1));
    }

    private void port(ObjectNode port) {
        if (chance(60)) {
            port.put("protocol", pick(PROTOCOLS));
        }
        switch (random.nextInt(5)) {
            case 0 -> port.put("port", pick(PORT_NAMES));
            case 1 -> port.put("port", pick(List.of(80, 53, 1, 65535)));
            case 2 -> port.put("port", 79).put("endPort", pick(List.of(79, 80, 7777, 65535)));
            case 3 -> port.put("port", pick(List.of(80, 81)));
            default -> {}
        }
    }

    private void selector(ObjectNode parent, String field) {
        ObjectNode selector = parent.putObject(field);
        if (chance(25)) {
            return;
        }
        if (chance(50)) {
            ObjectNode labels = selector.putObject("matchLabels");
            labels.put(pick(List.of("app", "tier")), pick(VALUES));
        }
        if (field.equals("namespaceSelector") && chance(30)) {
            selector.putObject("matchLabels").put("kubernetes.io/metadata.name", pick(NAMESPACES));
        }
        if (chance(40)) {
            ArrayNode expressions = selector.putArray("matchExpressions");
            for (int i = 1 + random.nextInt(2); i > 0; i--) {
                ObjectNode expression = expressions.addObject().put("key", pick(KEYS));
                String operator = pick(List.of("In", "NotIn", "Exists", "DoesNotExist"));
                expression.put("operator", operator);
                if (operator.endsWith("In")) {
                    expression.putArray("values").add(pick(VALUES)).add(pick(VALUES));
                }
            }
        }
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
