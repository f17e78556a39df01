package dev.bulkhead.cluster.inventory;

import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** In which version this API server has the kinds by which identity is stamped, if it has them. */
record AdmissionKinds(KubernetesClient client) {

    /** A kind that is served. */
    record Kind(String apiVersion, String kind) {}

    private static final List<String> VERSIONS =
            List.of("admissionregistration.k8s.io/v1", "admissionregistration.k8s.io/v1beta1");
    private static final List<String> KINDS = List.of(
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding");

    /**
     * A version that is not there is known not to be there; if the API server does not answer, nothing is known.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if it cannot be told
     */
    List<Kind> served() {
        Map<String, String> versions = new TreeMap<>();
        for (String version : VERSIONS) {
            APIResourceList resources = client.getApiResources(version);
            if (resources != null) {
                resources.getResources().stream()
                        .filter(resource -> KINDS.contains(resource.getKind()))
                        .forEach(resource -> versions.putIfAbsent(resource.getKind(), version));
            }
        }
        List<Kind> kinds = new ArrayList<>();
        versions.forEach((kind, version) -> kinds.add(new Kind(version, kind)));
        return kinds;
    }
}
