package dev.bulkhead.cluster.audit;

import com.google.common.collect.ImmutableSetMultimap;
import java.util.Comparator;

/**
 * A kind beside NetworkPolicy that decides about connections, as a cluster serves it.
 *
 * @param plural what it is called in the path of a request
 */
public record OtherKind(String group, String kind, String version, String plural, boolean namespaced)
        implements Comparable<OtherKind> {

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

    /** Whether any kind of the group is one of these. */
    static boolean isKnown(String group) {
        return KNOWN.containsKey(group);
    }

    /** Whether the kind is one of these. */
    public static boolean isKnown(String group, String kind) {
        return KNOWN.containsEntry(group, kind);
    }

    /** By kind and group, whatever the version. */
    public String name() {
        return nameOf(group, kind);
    }

    public static String nameOf(String group, String kind) {
        return kind + "." + group;
    }

    @Override
    public int compareTo(OtherKind other) {
        return Comparator.comparing(OtherKind::name)
                .thenComparing(OtherKind::version)
                .compare(this, other);
    }
}
