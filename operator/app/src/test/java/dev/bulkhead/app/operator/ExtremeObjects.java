package dev.bulkhead.app.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Objects of every kind that is watched in a namespace, at the edges of what the API server takes: empty and full, with selectors for
 * everything and for nothing, odd characters, and as many labels, ports, rules and addresses as it allows. One seed gives one
 * sequence.
 */
final class ExtremeObjects {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final List<String> ODD = List.of(
            "",
            "plain",
            "line\nbreak",
            "\u001b[31m",
            "\u202eright to left",
            "😀".repeat(30),
            "=cmd()",
            "<b>",
            "'\"`$(x)",
            "\u0085\u2028");

    private final Random dice;
    private final String namespace;
    private final String other;
    private final List<Supplier<Map<String, Object>>> kinds = List.of(
            this::pod,
            () -> workload("Deployment"),
            () -> workload("StatefulSet"),
            () -> workload("DaemonSet"),
            this::service,
            this::policy,
            this::intent);

    /** @param other a namespace that exists */
    ExtremeObjects(long seed, String namespace, String other) {
        this.dice = new Random(seed);
        this.namespace = namespace;
        this.other = other;
    }

    /** One of whatever kind. */
    GenericKubernetesResource next(String name) {
        Map<String, Object> object = kinds.get(dice.nextInt(kinds.size())).get();
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("namespace", namespace);
        metadata.put("name", name);
        metadata.put("labels", labels(some(0, 1, 5, 200)));
        metadata.put("annotations", Map.of("note", text(some(0, 10, 100_000))));
        object.put("metadata", metadata);
        return SERIALIZATION.convertValue(object, GenericKubernetesResource.class);
    }

    /** For the namespace itself. */
    Map<String, String> namespaceLabels() {
        return labels(some(0, 1, 50, 400));
    }

    private Map<String, Object> pod() {
        return object("v1", "Pod", podSpec(dice.nextInt(10) == 0));
    }

    private Map<String, Object> workload(String kind) {
        Map<String, Object> labels = new LinkedHashMap<>(labels(some(1, 3, 100)));
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("selector", Map.of("matchLabels", labels));
        spec.put("template", Map.of("metadata", Map.of("labels", labels), "spec", podSpec(/* hostNetwork= */ false)));
        if (!kind.equals("DaemonSet")) {
            spec.put("replicas", some(0, 0, 1, 3));
        }
        return object("apps/v1", kind, spec);
    }

    private Map<String, Object> podSpec(boolean hostNetwork) {
        int containers = some(1, 2, 30);
        int ports = some(0, 1, 40);
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < containers; i++) {
            int container = i;
            List<Map<String, Object>> open = IntStream.range(0, ports)
                    .mapToObj(port -> Map.<String, Object>of(
                            "name",
                            "p" + container + "-" + port,
                            "containerPort",
                            1 + (container * 1000 + port * 7) % 65_535,
                            "protocol",
                            some("TCP", "UDP", "SCTP")))
                    .toList();
            all.add(Map.of(
                    "name",
                    "c" + i,
                    "image",
                    "registry.example/app:1",
                    "ports",
                    open,
                    "env",
                    List.of(Map.of("name", "A", "value", text(some(0, 10, 20_000))))));
        }
        return new LinkedHashMap<>(Map.of("containers", all, "hostNetwork", hostNetwork));
    }

    private Map<String, Object> service() {
        Map<String, Object> spec = new LinkedHashMap<>();
        if (dice.nextInt(10) == 0) {
            spec.put("type", "ExternalName");
            spec.put("externalName", "a.".repeat(100) + "example");
            return object("v1", "Service", spec);
        }
        spec.put("selector", labels(some(0, 1, 100)));
        spec.put(
                "ports",
                IntStream.range(0, some(1, 3, 200))
                        .mapToObj(port -> Map.of(
                                "name",
                                "p" + port,
                                "port",
                                1 + port,
                                "targetPort",
                                dice.nextBoolean() ? "p0-" + port : port + 1))
                        .toList());
        if (dice.nextBoolean()) {
            spec.put("clusterIP", "None");
        }
        return object("v1", "Service", spec);
    }

    private Map<String, Object> policy() {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("podSelector", selector(some(0, 1, 50), 100));
        spec.put("policyTypes", some(List.of("Ingress"), List.of("Egress"), List.of("Ingress", "Egress")));
        spec.put("ingress", rules("from"));
        spec.put("egress", rules("to"));
        return object("networking.k8s.io/v1", "NetworkPolicy", spec);
    }

    private List<Map<String, Object>> rules(String end) {
        int peers = some(0, 1, 20, 2_000);
        return IntStream.range(0, some(0, 1, 10))
                .mapToObj(rule -> Map.<String, Object>of(
                        end,
                        IntStream.range(0, rule == 0 ? peers : Math.min(peers, 20))
                                .mapToObj(this::peer)
                                .toList(),
                        "ports",
                        IntStream.range(0, some(0, 1, 50)).mapToObj(this::port).toList()))
                .toList();
    }

    private Map<String, Object> peer(int number) {
        if (dice.nextInt(3) > 0) {
            String family = some("10.%d.%d.0/24", "2001:db8:%x:%x::/64", "%d.%d.0.0/16");
            String cidr = family.formatted(number / 256 % 256, number % 256);
            return Map.of("ipBlock", Map.of("cidr", cidr));
        }
        return dice.nextBoolean()
                ? Map.of("podSelector", selector(some(0, 1, 5), 10))
                : Map.of("namespaceSelector", selector(some(0, 1, 5), 10), "podSelector", selector(some(0, 1, 5), 10));
    }

    private Map<String, Object> port(int number) {
        if (dice.nextInt(3) == 0) {
            return Map.of("port", "p0-" + number, "protocol", some("TCP", "UDP", "SCTP"));
        }
        return dice.nextBoolean() ? Map.of("port", 1 + number) : Map.of("port", 1 + number, "endPort", 65_535);
    }

    private Map<String, Object> intent() {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("description", text(some(0, 10, 1_000)));
        spec.put(
                "workload",
                some(
                        Map.of("all", true),
                        Map.of("serviceAccount", "default"),
                        Map.of("podSelector", intentSelector(some(1, 20))),
                        Map.of(
                                "owner",
                                Map.of(
                                        "kind",
                                        some("Deployment", "StatefulSet", "DaemonSet"),
                                        "name",
                                        "x" + dice.nextInt(50)))));
        int rules = some(1, 5, 64);
        spec.put(
                "outbound",
                IntStream.range(0, rules).mapToObj(rule -> intentRule("to")).toList());
        spec.put(
                "inbound",
                IntStream.range(0, some(0, 1, 64))
                        .mapToObj(rule -> intentRule("from"))
                        .toList());
        return object("bulkhead.dev/v1alpha1", "AccessIntent", spec);
    }

    private Map<String, Object> intentRule(String end) {
        List<Map<String, Object>> ports = IntStream.range(0, some(1, 3, 16))
                .mapToObj(number -> dice.nextBoolean()
                        ? Map.<String, Object>of("port", 1 + number)
                        : Map.<String, Object>of("port", 100 * (1 + number), "endPort", 100 * (1 + number) + 50))
                .toList();
        Map<String, Object> peer = some(
                Map.of("workload", Map.of("namespace", some(namespace, other, "nowhere"), "all", true)),
                Map.of(
                        "workload",
                        Map.of("namespace", some(namespace, other), "serviceAccount", "account-" + dice.nextInt(500))),
                Map.of(
                        "workload",
                        Map.of("namespace", some(namespace, other), "podSelector", intentSelector(some(1, 5)))),
                Map.of("network", network()),
                Map.of("wellKnown", some("Internet", "IngressController", "Monitoring", "Nodes")));
        return Map.of(end, peer, "ports", ports, "reason", text(some(0, 10, 200)));
    }

    private Map<String, Object> network() {
        int second = dice.nextInt(256);
        return Map.of(
                "cidr",
                "198." + second + ".0.0/16",
                "except",
                IntStream.range(0, some(0, 1, 32))
                        .mapToObj(hole -> "198.%d.%d.0/24".formatted(second, hole))
                        .toList());
    }

    /** Never empty, with few values: the definition takes no others. */
    private Map<String, Object> intentSelector(int size) {
        return dice.nextBoolean()
                ? Map.of("matchLabels", labels(size))
                : Map.of("matchExpressions", requirements(size, 5));
    }

    /** For everything where the size is 0. */
    private Map<String, Object> selector(int size, int values) {
        return size == 0
                ? Map.of()
                : Map.of("matchLabels", labels(size / 2), "matchExpressions", requirements(size - size / 2, values));
    }

    private List<Map<String, Object>> requirements(int count, int values) {
        return IntStream.range(0, count)
                .mapToObj(number -> {
                    String key = "k" + dice.nextInt(3);
                    return dice.nextBoolean()
                            ? Map.<String, Object>of("key", key, "operator", some("Exists", "DoesNotExist"))
                            : Map.<String, Object>of(
                                    "key",
                                    key,
                                    "operator",
                                    some("In", "NotIn"),
                                    "values",
                                    IntStream.range(0, some(1, values))
                                            .mapToObj(value -> "v" + value)
                                            .toList());
                })
                .toList();
    }

    private Map<String, String> labels(int count) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String prefix = some("", "", "e.".repeat(60) + "example/");
            labels.put(prefix + "k" + i, some("", "v0", "v1", "v".repeat(63)));
        }
        return labels;
    }

    private String text(int length) {
        String text = ODD.get(dice.nextInt(ODD.size()));
        String repeated = text.isEmpty() ? "" : text.repeat(1 + length / text.length());
        int end = Math.min(length, repeated.length());
        // Not within a character that takes two.
        return end > 0 && Character.isHighSurrogate(repeated.charAt(end - 1))
                ? repeated.substring(0, end - 1)
                : repeated.substring(0, end);
    }

    private static Map<String, Object> object(String apiVersion, String kind, Map<String, Object> spec) {
        return new LinkedHashMap<>(Map.of("apiVersion", apiVersion, "kind", kind, "spec", spec));
    }

    @SafeVarargs
    private <T> T some(T... choices) {
        return choices[dice.nextInt(choices.length)];
    }
}
