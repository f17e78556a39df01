package dev.bulkhead.cluster.audit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Kinds beside NetworkPolicy that decide about connections, where this cluster has them. */
public final class OtherKinds {

    private final KubernetesClient client;

    public OtherKinds(KubernetesClient client) {
        this.client = client;
    }

    /** As kind and group, sorted. */
    ImmutableList<String> names() {
        return served().stream().map(OtherKind::name).distinct().collect(ImmutableList.toImmutableList());
    }

    /** In every version. */
    public ImmutableSortedSet<OtherKind> served() {
        ImmutableSortedSet.Builder<OtherKind> served = ImmutableSortedSet.naturalOrder();
        for (APIGroup group : client.getApiGroups().getGroups()) {
            if (OtherKind.isKnown(group.getName())) {
                group.getVersions().forEach(version -> {
                    APIResourceList resources = client.getApiResources(version.getGroupVersion());
                    if (resources != null) {
                        resources.getResources().stream()
                                .filter(resource -> OtherKind.isKnown(group.getName(), resource.getKind()))
                                .filter(resource -> !resource.getName().contains("/"))
                                .map(resource -> kind(group, version.getVersion(), resource))
                                .forEach(served::add);
                    }
                });
            }
        }
        return served.build();
    }

    private static OtherKind kind(APIGroup group, String version, APIResource resource) {
        return new OtherKind(
                group.getName(), resource.getKind(), version, resource.getName(), resource.getNamespaced());
    }
}
