package dev.bulkhead.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One kind of objects with which a team fills its namespace: few and as large as the API server takes them, or many.
 *
 * @param template of YAML, in which %1$s is the namespace and %2$d the number of the object
 */
record CrowdedNamespace(String name, int count, String template) {

    private static final int PARTS = 4;
    private static final String TEXT = "x".repeat(63);

    static List<CrowdedNamespace> kinds() {
        return List.of(
                new CrowdedNamespace("large-intents", 41, largeIntent()),
                new CrowdedNamespace("intents", 450, intent()),
                new CrowdedNamespace("policies", 20, policy()),
                new CrowdedNamespace("pods", 60, pod()),
                new CrowdedNamespace("deployments", 80, deployment()),
                new CrowdedNamespace("services", 300, service()));
    }

    /** A part of them, for where several namespaces are filled at once: etcd takes 2 GiB. */
    CrowdedNamespace part() {
        return new CrowdedNamespace(name, count / PARTS, template);
    }

    String yaml(String namespace, int number) {
        return template.replace("%1$s", namespace).replace("%2$d", Integer.toString(number));
    }

    /** 48 rules, each for a selector of 20 expressions of 20 values: 1.3 MB. */
    private static String largeIntent() {
        String values = numbered(20, n -> TEXT.substring(0, 59) + String.format(Locale.ROOT, "%04d", n));
        String expressions = numbered(20, n -> "{key: k%d, operator: In, values: [%s]}".formatted(n, values));
        String rules = lines(
                48,
                n ->
                        "  - {to: {workload: {namespace: team-5, podSelector: {matchExpressions: [%s]}}}, ports: [{port: %d}]}"
                                .formatted(expressions, 8000 + n));
        return """
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: large-%2$d, namespace: %1$s}
                spec:
                  workload: {serviceAccount: own-%2$d}
                  outbound:
                """ + rules;
    }

    /** 64 rules of 200 bytes. */
    private static String intent() {
        String rules = lines(
                64,
                n ->
                        "  - {description: %s, to: {workload: {namespace: team-5, serviceAccount: account-%%2$d-%d}}, ports: [{port: %d}]}"
                                .formatted("y".repeat(60), n, 8000 + n));
        return """
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: many-%2$d, namespace: %1$s}
                spec:
                  workload: {serviceAccount: own-%2$d}
                  outbound:
                """ + rules;
    }

    /** Of somebody else's: 1 MB of addresses. */
    private static String policy() {
        String blocks = numbered(25_000, n -> "{ipBlock: {cidr: 203.%d.%d.0/24}}".formatted(n / 256, n % 256));
        return """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: addresses-%2$d, namespace: %1$s}
                spec:
                  podSelector: {}
                  policyTypes: [Egress]
                  egress:
                  - to: [BLOCKS]
                """.replace("BLOCKS", blocks);
    }

    /** 600 kB of labels, which no other pod has. */
    private static String pod() {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: labels-%2$d, namespace: %1$s, labels: {LABELS}}
                spec:
                  nodeName: node-1
                  containers: [{name: main, image: "registry.example/main:1"}]
                """.replace("LABELS", labels(6000));
    }

    /** Nothing of it matters to policies but the template's labels: 1.2 MB of environment. */
    private static String deployment() {
        String variables = numbered(1200, n -> "{name: v%d, value: %s}".formatted(n, "z".repeat(1000)));
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: environment-%2$d, namespace: %1$s}
                spec:
                  paused: true
                  replicas: 0
                  selector: {matchLabels: {app: environment-%2$d}}
                  template:
                    metadata: {labels: {app: environment-%2$d}}
                    spec:
                      containers: [{name: main, image: "registry.example/main:1", env: [VARIABLES]}]
                """.replace("VARIABLES", variables);
    }

    private static String service() {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: notes-%2$d, namespace: %1$s, annotations: {note: NOTE}}
                spec: {selector: {app: notes-%2$d}, ports: [{port: 80}]}
                """.replace("NOTE", "a".repeat(250_000));
    }

    private static String labels(int count) {
        return numbered(count, n -> "example.com/%s-%%2$d-%d: %s".formatted("l".repeat(20), n, TEXT));
    }

    private static String numbered(int count, IntFunction<String> text) {
        return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining(", "));
    }

    private static String lines(int count, IntFunction<String> text) {
        return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining("\n"));
    }
}
