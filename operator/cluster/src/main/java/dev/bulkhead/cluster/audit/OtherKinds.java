package dev.bulkhead.cluster.audit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;
import java.util.TreeSet;

/** Kinds beside NetworkPolicy that decide about connections, where this cluster has them. */
final class OtherKinds {

    private static final ImmutableSetMultimap<String, String> KNOWN = ImmutableSetMultimap.<String, String>builder()
            .putAll(
                    "policy.networking.k8s.io",
                    "AdminNetworkPolicy",
                    "BaselineAdminNetworkPolicy",
                    "ClusterNetworkPolicy")
            .putAll("crd.projectcalico.org", "NetworkPolicy", "GlobalNetworkPolicy")
            .putAll("projectcalico.org", "NetworkPolicy", "GlobalNetworkPolicy")
            .putAll("cilium.io", "CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy")
            .putAll("crd.antrea.io", "NetworkPolicy", "ClusterNetworkPolicy")
            .build();

    private final KubernetesClient client;

    OtherKinds(KubernetesClient client) {
        this.client = client;
    }

    /** As kind and group, sorted. */
    ImmutableList<String> served() {
        Set<String> served = new TreeSet<>();
        for (APIGroup group : client.getApiGroups().getGroups()) {
            if (KNOWN.containsKey(group.getName())) {
                group.getVersions().forEach(version -> {
                    APIResourceList resources = client.getApiResources(version.getGroupVersion());
                    if (resources != null) {
                        resources.getResources().stream()
                                .filter(resource -> KNOWN.containsEntry(group.getName(), resource.getKind()))
                                .forEach(resource -> served.add(resource.getKind() + "." + group.getName()));
                    }
                });
            }
        }
        return ImmutableList.copyOf(served);
    }
}
