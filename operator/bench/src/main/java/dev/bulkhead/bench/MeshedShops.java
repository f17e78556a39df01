package dev.bulkhead.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * 25 namespaces with 20 Deployments each, of which each asks four others: three of its own namespace and one of the
 * next.
 */
final class MeshedShops {

    private static final int NAMESPACES = 25;
    private static final int WORKLOADS = 20;
    private static final int NEAR = 3;

    private static String namespace(int number) {
        return "shop-%02d".formatted(number % NAMESPACES);
    }

    private static String workload(int number) {
        return "app-%02d".formatted(number % WORKLOADS);
    }

    List<String> namespaces() {
        return IntStream.range(0, NAMESPACES)
                .mapToObj(number -> BenchManifests.namespace(namespace(number)))
                .toList();
    }

    /** Without replicas: what their pods would be says enough. */
    List<String> workloads() {
        return IntStream.range(0, NAMESPACES * WORKLOADS)
                .mapToObj(number -> """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: %1$s, namespace: %2$s}
                        spec:
                          replicas: 0
                          selector: {matchLabels: {app: %1$s}}
                          template:
                            metadata: {labels: {app: %1$s}}
                            spec:
                              serviceAccountName: %1$s
                              containers:
                              - {name: main, image: "registry.example/app:1", ports: [{name: http, containerPort: 8080}]}
                        """.formatted(workload(number), namespace(number / WORKLOADS)))
                .toList();
    }

    String segment() {
        return """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Segment
                metadata: {name: shops}
                spec:
                  namespaces: ["shop-*"]
                  enforce: {ingress: true, egress: true}
                """;
    }

    int connections() {
        return NAMESPACES * WORKLOADS * (NEAR + 1);
    }

    /** One for each workload. */
    List<String> intents() {
        return IntStream.range(0, NAMESPACES * WORKLOADS)
                .mapToObj(number -> intent(number / WORKLOADS, number % WORKLOADS))
                .toList();
    }

    private static String intent(int namespace, int workload) {
        StringBuilder outbound = new StringBuilder();
        for (int step = 1; step <= NEAR; step++) {
            outbound.append(peer("to", namespace, workload + step));
        }
        outbound.append(peer("to", namespace + 1, workload));
        return """
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: %s, namespace: %s}
                spec:
                  workload: {serviceAccount: %s}
                  inbound:
                %s  outbound:
                %s""".formatted(
                        workload(workload),
                        namespace(namespace),
                        workload(workload),
                        peer("from", namespace + NAMESPACES - 1, workload),
                        outbound);
    }

    private static String peer(String end, int namespace, int workload) {
        return """
                  - %s: {workload: {namespace: %s, serviceAccount: %s}}
                    ports: [{port: 8080}]
                """.formatted(end, namespace(namespace), workload(workload));
    }
}
