package dev.bulkhead.bench.reach;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Writes clusters as manifests, each from a seed: equal seeds give equal bytes. */
final class ClusterFiles {

    private static final List<String> TIERS = List.of("web", "api", "db");
    private static final int LARGEST = 154;

    private final Random random;
    private final PrintWriter out;
    private int pods;

    private record Workload(String namespace, String name, String tier) {}

    private ClusterFiles(long seed, PrintWriter out) {
        this.random = new Random(seed);
        this.out = out;
    }

    /** Tiers that talk to each other, within namespaces and across: the application clusters that others are measured on. */
    static Path tiers(Path folder, int namespaces, int workloads, int pods, int policies) throws IOException {
        return write(folder, 1, files -> files.tiers(namespaces, workloads, pods, policies));
    }

    /**
     * The shape of a real cluster, as published by others: 5,413 pods, 604 namespaces, 13,678 policies of which 3,559
     * select nothing and 495 deny only; mostly one peer, one range of addresses or one port each; the largest workload
     * has 154 pods.
     */
    static Path real(Path folder) throws IOException {
        return write(folder, 3, ClusterFiles::real);
    }

    private interface Maker {
        void make(ClusterFiles files);
    }

    private static Path write(Path folder, long seed, Maker maker) throws IOException {
        Files.createDirectories(folder);
        try (PrintWriter out =
                new PrintWriter(Files.newBufferedWriter(folder.resolve("cluster.yaml"), StandardCharsets.UTF_8))) {
            maker.make(new ClusterFiles(seed, out));
        }
        return folder;
    }

    private void tiers(int namespaceCount, int workloadCount, int podCount, int policies) {
        for (int i = 0; i < namespaceCount; i++) {
            namespace("ns-" + i, i % 7);
            policy("ns-" + i, "default-deny", "{}", "");
        }
        List<Workload> workloads = new ArrayList<>();
        for (int i = 0; i < workloadCount; i++) {
            String tier = TIERS.get(i / namespaceCount % TIERS.size());
            Workload workload = new Workload("ns-" + i % namespaceCount, tier + "-" + i, tier);
            workloads.add(workload);
            for (int pod = 0; pod < podCount / workloadCount; pod++) {
                pod(workload, pod);
            }
        }
        for (int i = 0; i < policies - namespaceCount; i++) {
            Workload workload = workloads.get(i % workloads.size());
            String from = workload.tier().equals("db") ? "api" : "web";
            String namespaces = random.nextInt(20) > 0 ? "{}" : "{matchLabels: {team: t" + random.nextInt(7) + "}}";
            policy(
                    workload.namespace(),
                    "allow-" + workload.name() + "-" + i,
                    "{app: " + workload.name() + "}",
                    """
                      ingress:
                      - from:
                        - podSelector: {matchLabels: {tier: %s}}
                        - namespaceSelector: %s
                          podSelector: {matchLabels: {tier: %s}}
                        ports:
                        - protocol: TCP
                          port: %s
                    """.formatted(from, namespaces, from, pick(List.of("8080", "http", "9090"))));
        }
    }

    private void real() {
        int namespaces = 604;
        for (int i = 0; i < namespaces; i++) {
            namespace("ns-" + i, i % 40);
        }
        List<Workload> workloads = new ArrayList<>();
        while (pods < 5_413) {
            int count = workloads.isEmpty() ? LARGEST : pick(List.of(1, 1, 2, 3, 6, 6, 8));
            Workload workload = new Workload(
                    "ns-" + random.nextInt(namespaces), "app-" + workloads.size(), "t" + workloads.size() % 5);
            workloads.add(workload);
            for (int pod = Math.min(count, 5_413 - pods) - 1; pod >= 0; pod--) {
                pod(workload, pod);
            }
        }
        for (int i = 0; i < 13_678; i++) {
            Workload workload = pick(workloads);
            String selector = i < 3_559 ? "{app: nobody-" + i + "}" : "{app: " + workload.name() + "}";
            boolean denies = i >= 3_559 && i < 3_559 + 495;
            policy(workload.namespace(), "policy-" + i, selector, denies ? "" : rule(pick(workloads)));
        }
    }

    private String rule(Workload peer) {
        String from = random.nextInt(10) < 7
                ? "{podSelector: {matchLabels: {app: %s}}, namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %s}}}"
                        .formatted(peer.name(), peer.namespace())
                : "{ipBlock: {cidr: %d.%d.%d.0/24}}"
                        .formatted(11 + random.nextInt(180), random.nextInt(256), random.nextInt(256));
        return """
                  ingress:
                  - from:
                    - %s
                    ports:
                    - port: %d
                """.formatted(from, pick(List.of(80, 443, 8080, 9090, 5432)));
    }

    private void namespace(String name, int team) {
        out.printf("""
                ---
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: %s
                  labels:
                    kubernetes.io/metadata.name: %s
                    team: t%d
                """, name, name, team);
    }

    private void pod(Workload workload, int number) {
        pods++;
        String address = String.format(Locale.ROOT, "10.%d.%d.%d", pods >> 16, pods >> 8 & 255, pods & 255);
        out.printf(
                """
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s-7d4b9c8f6d-%05d
                  namespace: %s
                  labels:
                    app: %s
                    tier: %s
                    pod-template-hash: 7d4b9c8f6d
                  ownerReferences:
                  - apiVersion: apps/v1
                    kind: ReplicaSet
                    name: %s-7d4b9c8f6d
                    controller: true
                    uid: 00000000-0000-0000-0000-%012d
                spec:
                  serviceAccountName: %s
                  containers:
                  - name: main
                    image: registry.example/%s:1.2.3
                    ports:
                    - name: http
                      containerPort: 8080
                      protocol: TCP
                    - name: metrics
                      containerPort: 9090
                      protocol: TCP
                status:
                  phase: Running
                  podIP: %s
                  podIPs:
                  - ip: %s
                """,
                workload.name(),
                number,
                workload.namespace(),
                workload.name(),
                workload.tier(),
                workload.name(),
                pods,
                workload.name(),
                workload.name(),
                address,
                address);
    }

    private void policy(String namespace, String name, String labels, String rules) {
        out.printf("""
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata:
                  name: %s
                  namespace: %s
                spec:
                  podSelector: %s
                  policyTypes: [Ingress]
                %s""", name, namespace, labels.equals("{}") ? labels : "{matchLabels: " + labels + "}", rules);
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
