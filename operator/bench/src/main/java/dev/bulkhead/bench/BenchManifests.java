package dev.bulkhead.bench;

/** What benches put into a cluster. */
final class BenchManifests {

    static final String SEGMENT = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: Segment
            metadata: {name: teams}
            spec:
              namespaces: ["team-*"]
              enforce: {ingress: true, egress: true}
            """;

    private static final int WORKLOADS = 100;

    private BenchManifests() {}

    static String namespace(String name) {
        return """
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s}
                """.formatted(name);
    }

    static String intent(int number) {
        return """
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: intent-%d, namespace: %s}
                spec:
                  workload: {serviceAccount: client-%d}
                  outbound:
                  - to: {workload: {namespace: %s, serviceAccount: server}}
                    ports: [{port: 8080}]
                """.formatted(number, BenchCluster.namespace(number), number, BenchCluster.namespace(number + 1));
    }

    static String deployment(int number, int replicas) {
        return """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: client-%d, namespace: %s}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: client-%d, namespace: %s}
                spec:
                  replicas: %d
                  selector: {matchLabels: {app: client-%d}}
                  template:
                    metadata: {labels: {app: client-%d}}
                    spec:
                      serviceAccountName: client-%d
                      containers:
                      - {name: main, image: "registry.example/client:1", ports: [{name: http, containerPort: 8080}]}
                """.formatted(
                        number,
                        BenchCluster.namespace(number),
                        number,
                        BenchCluster.namespace(number),
                        replicas,
                        number,
                        number,
                        number);
    }

    /** A pod as a Deployment's are, on a node already. */
    static String pod(int number) {
        int workload = number % WORKLOADS;
        return """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: app-%d-5d8f7c6b9d-%05d
                  namespace: %s
                  labels: {app: app-%d, app.kubernetes.io/name: app-%d, app.kubernetes.io/part-of: bench, pod-template-hash: 5d8f7c6b9d}
                spec:
                  nodeName: node-%d
                  containers:
                  - name: main
                    image: registry.example/app-%d:1.0
                    env: [{name: MODE, value: production}, {name: LOG_LEVEL, value: info}]
                    ports: [{name: http, containerPort: 8080}, {name: metrics, containerPort: 9090}]
                    resources: {requests: {cpu: 10m, memory: 16Mi}}
                """.formatted(
                workload, number, BenchCluster.namespace(workload), workload, workload, number % 10 + 1, workload);
    }

    /** A policy that lets everybody in, and is nobody's but its author's. */
    static String opening(String namespace, String name) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: %s, namespace: %s}
                spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{}]}
                """.formatted(name, namespace);
    }
}
