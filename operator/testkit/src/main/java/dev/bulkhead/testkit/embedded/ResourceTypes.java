package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The kinds that are served: those of Kubernetes that Bulkhead and its demo meet, and those of CustomResourceDefinitions. */
final class ResourceTypes {

    static final ResourceType NAMESPACES = plain("", "v1", "Namespace", "namespaces", false, true, "ns");
    static final ResourceType PODS =
            plain("", "v1", "Pod", "pods", true, true, "po").inAll();
    static final ResourceType NODES = plain("", "v1", "Node", "nodes", false, true, "no");
    static final ResourceType SERVICES =
            plain("", "v1", "Service", "services", true, true, "svc").inAll();
    static final ResourceType SERVICE_ACCOUNTS =
            plain("", "v1", "ServiceAccount", "serviceaccounts", true, false, "sa");
    static final ResourceType ENDPOINT_SLICES =
            counted("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", true, false);
    static final ResourceType EVENTS = plain("", "v1", "Event", "events", true, false, "ev");
    static final ResourceType EVENTS_OF_EVENTS_GROUP =
            plain("events.k8s.io", "v1", "Event", "events", true, false, "ev");
    static final ResourceType DEPLOYMENTS = counted("apps", "v1", "Deployment", "deployments", true, true, "deploy")
            .inAll();
    static final ResourceType REPLICA_SETS =
            counted("apps", "v1", "ReplicaSet", "replicasets", true, true, "rs").inAll();
    static final ResourceType NETWORK_POLICIES =
            counted("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", true, false, "netpol");
    static final ResourceType CUSTOM_RESOURCE_DEFINITIONS = counted(
            "apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions", false, true, "crd");
    static final ResourceType MUTATING_ADMISSION_POLICIES = counted(
            "admissionregistration.k8s.io", "v1", "MutatingAdmissionPolicy", "mutatingadmissionpolicies", false, false);
    static final ResourceType VALIDATING_ADMISSION_POLICIES = counted(
            "admissionregistration.k8s.io",
            "v1",
            "ValidatingAdmissionPolicy",
            "validatingadmissionpolicies",
            false,
            true);

    private static final List<ResourceType> KUBERNETES = List.of(
            NAMESPACES,
            PODS,
            NODES,
            SERVICES,
            SERVICE_ACCOUNTS,
            plain("", "v1", "ConfigMap", "configmaps", true, false, "cm"),
            plain("", "v1", "Secret", "secrets", true, false),
            EVENTS,
            plain("", "v1", "Endpoints", "endpoints", true, false, "ep"),
            ENDPOINT_SLICES,
            EVENTS_OF_EVENTS_GROUP,
            plain("coordination.k8s.io", "v1", "Lease", "leases", true, false),
            DEPLOYMENTS,
            REPLICA_SETS,
            counted("apps", "v1", "StatefulSet", "statefulsets", true, true, "sts")
                    .inAll(),
            counted("apps", "v1", "DaemonSet", "daemonsets", true, true, "ds").inAll(),
            counted("batch", "v1", "Job", "jobs", true, true).inAll(),
            counted("batch", "v1", "CronJob", "cronjobs", true, true, "cj").inAll(),
            NETWORK_POLICIES,
            counted("networking.k8s.io", "v1", "IngressClass", "ingressclasses", false, false),
            plain("rbac.authorization.k8s.io", "v1", "Role", "roles", true, false),
            plain("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings", true, false),
            plain("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", false, false),
            plain("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", false, false),
            CUSTOM_RESOURCE_DEFINITIONS,
            MUTATING_ADMISSION_POLICIES,
            counted(
                    "admissionregistration.k8s.io",
                    "v1",
                    "MutatingAdmissionPolicyBinding",
                    "mutatingadmissionpolicybindings",
                    false,
                    false),
            VALIDATING_ADMISSION_POLICIES,
            counted(
                    "admissionregistration.k8s.io",
                    "v1",
                    "ValidatingAdmissionPolicyBinding",
                    "validatingadmissionpolicybindings",
                    false,
                    false));

    private final Map<String, ResourceType> byQualifiedPlural = new ConcurrentSkipListMap<>();

    ResourceTypes() {
        KUBERNETES.forEach(this::add);
    }

    Optional<ResourceType> find(String group, String version, String plural) {
        return Optional.ofNullable(byQualifiedPlural.get(group.isEmpty() ? plural : plural + "." + group))
                .filter(type -> type.versions().contains(version));
    }

    Collection<ResourceType> all() {
        return byQualifiedPlural.values();
    }

    void remove(ResourceType type) {
        byQualifiedPlural.remove(type.qualifiedPlural());
    }

    void add(ResourceType type) {
        byQualifiedPlural.put(type.qualifiedPlural(), type);
    }

    static ResourceType fromDefinition(JsonNode definition) {
        JsonNode spec = definition.path("spec");
        List<String> versions = new ArrayList<>();
        boolean status = false;
        for (JsonNode version : spec.path("versions")) {
            if (version.path("served").asBoolean()) {
                versions.add(version.path("name").asText());
                status |= version.at("/subresources").has("status");
            }
        }
        return new ResourceType(
                spec.path("group").asText(),
                versions,
                spec.at("/names/kind").asText(),
                spec.at("/names/plural").asText(),
                texts(spec.at("/names/shortNames")),
                texts(spec.at("/names/categories")),
                spec.path("scope").asText().equals("Namespaced"),
                status,
                true);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static ResourceType plain(
            String group,
            String version,
            String kind,
            String plural,
            boolean namespaced,
            boolean status,
            String... shortNames) {
        return new ResourceType(
                group, List.of(version), kind, plural, List.of(shortNames), List.of(), namespaced, status, false);
    }

    private static ResourceType counted(
            String group,
            String version,
            String kind,
            String plural,
            boolean namespaced,
            boolean status,
            String... shortNames) {
        return new ResourceType(
                group, List.of(version), kind, plural, List.of(shortNames), List.of(), namespaced, status, true);
    }
}
