package dev.bulkhead.app.endtoend;

import dev.bulkhead.core.policy.Marker;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What teams, the platform and passers-by do to a cluster, by chance. */
final class RandomChanges {

    private static final List<String> NAMESPACES = List.of("north", "east", "south", "west");
    private static final List<String> WORKLOADS = List.of("api", "web", "batch");
    private static final List<String> INTENTS = List.of("first", "second", "third");
    private static final List<String> SEGMENTS = List.of("inner", "outer");
    private static final String NOWHERE = "";

    private final Cluster cluster;
    private final KubernetesClient client;
    private final Map<String, String> segmentOf = new TreeMap<>();
    private Random random;

    RandomChanges(Cluster cluster) {
        this.cluster = cluster;
        this.client = cluster.client();
    }

    /** What all changes start from. */
    void begin() {
        for (String namespace : NAMESPACES) {
            cluster.namespace(namespace);
            WORKLOADS.forEach(workload -> cluster.serviceAccount(namespace, workload));
            cluster.foreignPolicy(namespace);
            segmentOf.put(namespace, SEGMENTS.get(0));
        }
        for (String namespace : NAMESPACES) {
            WORKLOADS.forEach(workload ->
                    client.resource(cluster.deployment(namespace, workload, 1)).create());
            WORKLOADS.forEach(workload -> cluster.awaitPods(namespace, workload));
        }
        random = new Random(0);
        SEGMENTS.forEach(this::writeSegment);
    }

    /** @return what was done, for people */
    String change(Random source) {
        random = source;
        String namespace = oneOf(NAMESPACES);
        return namespace + ": "
                + switch (random.nextInt(20)) {
                    case 0, 1, 2, 3, 4, 5, 6 -> writeIntent(namespace);
                    case 7, 8 -> deleteIntent(namespace);
                    case 9, 10 -> move(namespace);
                    case 11, 12 -> writeSegment(oneOf(SEGMENTS));
                    case 13 -> scale(namespace);
                    case 14 -> createOrDeleteDeployment(namespace);
                    case 15, 16 -> createOrDeleteService(namespace);
                    case 17, 18 -> editPolicy(namespace);
                    default -> deletePolicy(namespace);
                };
    }

    private String writeIntent(String namespace) {
        String name = oneOf(INTENTS);
        Map<String, Object> spec = new TreeMap<>();
        spec.put("workload", workload());
        boolean asks = random.nextInt(3) > 0;
        if (asks) {
            spec.put("outbound", some(this::outbound));
        }
        if (!asks || random.nextBoolean()) {
            spec.put("inbound", some(this::inbound));
        }
        cluster.intent(namespace, name, spec);
        return "intent " + name + " " + spec;
    }

    private List<Map<String, Object>> some(Supplier<Map<String, Object>> rule) {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            rules.add(rule.get());
        }
        return rules;
    }

    private Map<String, Object> workload() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> Map.of("serviceAccount", oneOf(WORKLOADS));
            case 2 -> Map.of("owner", Map.of("kind", "Deployment", "name", oneOf(WORKLOADS)));
            case 3 -> Map.of("podSelector", Map.of("matchLabels", Map.of("app", oneOf(WORKLOADS))));
            default -> Map.of("all", true);
        };
    }

    private Map<String, Object> peerWorkload() {
        Map<String, Object> peer = new TreeMap<>(workload());
        if (random.nextInt(4) > 0) {
            peer.put("namespace", oneOf(NAMESPACES));
        }
        return Map.of("workload", peer);
    }

    private Map<String, Object> outbound() {
        return switch (random.nextInt(8)) {
            case 0 -> Map.of("to", Map.of("service", Map.of("name", oneOf(WORKLOADS), "namespace", oneOf(NAMESPACES))));
            case 1 -> Map.of("to", Map.of("wellKnown", random.nextBoolean() ? "KubeDNS" : "KubeAPIServer"));
            case 2 -> Map.of("to", Map.of("wellKnown", "Internet"), "ports", ports());
            case 3 -> Map.of("to", Map.of("network", Map.of("cidr", "203.0.113.0/24")), "ports", ports());
            default -> Map.of("to", peerWorkload(), "ports", ports());
        };
    }

    private Map<String, Object> inbound() {
        return switch (random.nextInt(6)) {
            case 0 -> Map.of("from", Map.of("namespace", Map.of("name", oneOf(NAMESPACES))), "ports", ports());
            case 1 -> Map.of("from", Map.of("segment", Map.of("name", oneOf(SEGMENTS))), "ports", ports());
            default -> Map.of("from", peerWorkload(), "ports", ports());
        };
    }

    private List<Map<String, Object>> ports() {
        return List.of(
                switch (random.nextInt(5)) {
                    case 0 -> Map.of("port", "http");
                    case 1 -> Map.of("port", 8080, "endPort", 8081 + random.nextInt(1100));
                    case 2 -> Map.of("port", 9090);
                    default -> Map.of("port", 8080);
                });
    }

    private String deleteIntent(String namespace) {
        String name = oneOf(INTENTS);
        cluster.deleteIntent(namespace, name);
        return "no intent " + name;
    }

    private String move(String namespace) {
        String segment = random.nextInt(4) == 0 ? NOWHERE : oneOf(SEGMENTS);
        segmentOf.put(namespace, segment);
        SEGMENTS.forEach(this::writeSegment);
        return "now in segment '" + segment + "'";
    }

    private String writeSegment(String name) {
        List<String> members = new ArrayList<>();
        // None would be refused; nobody has that name.
        members.add("nobody-" + name);
        segmentOf.forEach((namespace, segment) -> {
            if (segment.equals(name)) {
                members.add(namespace);
            }
        });
        boolean ingress = random.nextInt(5) > 0;
        boolean egress = random.nextInt(5) > 0;
        String trust = oneOf(List.of("Workload", "Namespace", "Segment"));
        cluster.segment(name, members, ingress, egress, trust);
        return "segment " + name + " " + members + " ingress " + ingress + " egress " + egress + " " + trust;
    }

    private String scale(String namespace) {
        String name = oneOf(WORKLOADS);
        int replicas = random.nextInt(3);
        var deployment = client.apps().deployments().inNamespace(namespace).withName(name);
        if (deployment.get() == null) {
            return "nothing to scale";
        }
        deployment.edit(found -> {
            found.getSpec().setReplicas(replicas);
            return found;
        });
        return name + " at " + replicas;
    }

    private String createOrDeleteDeployment(String namespace) {
        String name = oneOf(WORKLOADS);
        var deployment = client.apps().deployments().inNamespace(namespace).withName(name);
        if (deployment.get() == null) {
            client.resource(cluster.deployment(namespace, name, 1)).create();
            return "Deployment " + name;
        }
        deployment.delete();
        return "no Deployment " + name;
    }

    private String createOrDeleteService(String namespace) {
        String name = oneOf(WORKLOADS);
        var service = client.services().inNamespace(namespace).withName(name);
        if (service.get() != null && random.nextBoolean()) {
            service.delete();
            return "no Service " + name;
        }
        IntOrString target = random.nextBoolean() ? new IntOrString("http") : new IntOrString(9090);
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .addToSelector("app", oneOf(WORKLOADS))
                        .addNewPort()
                        .withName("main")
                        .withPort(80)
                        .withTargetPort(target)
                        .endPort()
                        .endSpec()
                        .build())
                .forceConflicts()
                .serverSideApply();
        return "Service " + name + " at " + target.getValue();
    }

    private String editPolicy(String namespace) {
        List<NetworkPolicy> managed = managed(namespace);
        if (managed.isEmpty()) {
            return "nothing to edit";
        }
        NetworkPolicy policy = oneOf(managed);
        try {
            switch (random.nextInt(4)) {
                case 0 -> policy.getMetadata().getLabels().put("team", "storefront");
                case 1 -> policy.getMetadata().setAnnotations(Map.of(Marker.INTENTS, "made-up"));
                case 2 -> policy.getSpec().setIngress(List.of(new NetworkPolicyIngressRule()));
                default -> policy.getSpec().setEgress(List.of());
            }
            client.resource(policy).update();
        } catch (KubernetesClientException e) {
            return "an edit too late: " + ignoringRaces(e);
        }
        return "policy " + policy.getMetadata().getName() + " edited";
    }

    private String deletePolicy(String namespace) {
        List<NetworkPolicy> managed = managed(namespace);
        if (managed.isEmpty()) {
            return "nothing to delete";
        }
        NetworkPolicy policy = oneOf(managed);
        client.resource(policy).delete();
        return "policy " + policy.getMetadata().getName() + " deleted";
    }

    /** The operator may have been there first. */
    private static String ignoringRaces(KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
            return e.getMessage();
        }
        throw e;
    }

    private List<NetworkPolicy> managed(String namespace) {
        return client.network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .withLabel(Marker.MANAGED_BY, Marker.BULKHEAD)
                .list()
                .getItems();
    }

    private <T> T oneOf(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }
}
