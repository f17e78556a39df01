package dev.bulkhead.app.attack;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the API server has things. */
final class Paths {

    private static final Map<String, List<String>> NAMESPACED = Map.of(
            "/api/v1",
            List.of(
                    "bindings",
                    "configmaps",
                    "endpoints",
                    "events",
                    "pods",
                    "replicationcontrollers",
                    "resourcequotas",
                    "secrets",
                    "serviceaccounts",
                    "services"),
            "/apis/apps/v1",
            List.of("daemonsets", "deployments", "replicasets", "statefulsets"),
            "/apis/batch/v1",
            List.of("cronjobs", "jobs"),
            "/apis/networking.k8s.io/v1",
            List.of("ingresses", "networkpolicies"),
            "/apis/discovery.k8s.io/v1",
            List.of("endpointslices"),
            "/apis/rbac.authorization.k8s.io/v1",
            List.of("rolebindings", "roles"),
            "/apis/coordination.k8s.io/v1",
            List.of("leases"),
            "/apis/bulkhead.dev/v1alpha1",
            List.of("accessintents"));

    private static final Map<String, List<String>> CLUSTER = Map.of(
            "/api/v1",
            List.of("namespaces", "nodes"),
            "/apis/bulkhead.dev/v1alpha1",
            List.of("guardrails", "segments", "wellknownpeers"),
            "/apis/networking.k8s.io/v1",
            List.of("ingressclasses"),
            "/apis/rbac.authorization.k8s.io/v1",
            List.of("clusterrolebindings", "clusterroles"),
            "/apis/apiextensions.k8s.io/v1",
            List.of("customresourcedefinitions"),
            "/apis/admissionregistration.k8s.io/v1",
            List.of("mutatingadmissionpolicies", "validatingadmissionpolicies", "validatingadmissionpolicybindings"));

    private static final Map<String, String> GROUPS = byResource(NAMESPACED);
    private static final Map<String, String> CLUSTER_GROUPS = byResource(CLUSTER);

    private Paths() {}

    private static Map<String, String> byResource(Map<String, List<String>> resources) {
        return resources.entrySet().stream()
                .flatMap(group -> group.getValue().stream().map(resource -> Map.entry(resource, group.getKey())))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** @param path such as {@code pods/forger/status}; a cluster's own resources are in no namespace */
    static String of(String namespace, String path) {
        String resource = path.replaceFirst("[/?].*", "");
        String group = CLUSTER_GROUPS.get(resource);
        if (group != null) {
            return group + "/" + path;
        }
        group = GROUPS.get(resource);
        if (group == null) {
            throw new IllegalArgumentException("no such resource: " + resource);
        }
        return group + "/namespaces/" + namespace + "/" + path;
    }

    /** All resources of namespaces that an attack may leave something of, owners before what they own. */
    static List<String> left() {
        return Stream.of(
                        "accessintents",
                        "cronjobs",
                        "jobs",
                        "deployments",
                        "statefulsets",
                        "daemonsets",
                        "replicasets",
                        "replicationcontrollers",
                        "pods",
                        "services",
                        "endpointslices",
                        "endpoints",
                        "configmaps",
                        "ingresses",
                        "networkpolicies",
                        "rolebindings",
                        "roles",
                        "serviceaccounts")
                .toList();
    }
}
