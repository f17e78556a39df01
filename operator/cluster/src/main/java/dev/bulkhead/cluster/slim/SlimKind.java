package dev.bulkhead.cluster.slim;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.ObjectArrays;
import io.fabric8.kubernetes.api.Pluralize;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * What is kept of the objects of one kind, and how much of one at most.
 *
 * @param maximum of bytes of JSON; of an object that takes more only its metadata are kept that tell which object it is
 */
record SlimKind(KeptFields kept, int maximum) {

    private static final int POD_BYTES = 16 * 1024;
    private static final int OTHER_BYTES = 64 * 1024;
    private static final int DECLARED_BYTES = 128 * 1024;

    private static final String[] METADATA = {
        "apiVersion",
        "kind",
        "metadata/name",
        "metadata/namespace",
        "metadata/uid",
        "metadata/resourceVersion",
        "metadata/generation",
        "metadata/creationTimestamp",
        "metadata/deletionTimestamp"
    };

    private static final SlimKind WORKLOAD = new SlimKind(
            fields(
                    "spec/selector",
                    "spec/template/metadata/labels",
                    "spec/template/spec/serviceAccountName",
                    "spec/template/spec/serviceAccount",
                    "spec/template/spec/hostNetwork",
                    "spec/template/spec/containers/ports",
                    "spec/template/spec/initContainers/restartPolicy",
                    "spec/template/spec/initContainers/ports"),
            POD_BYTES);

    /** By the last part of the path of a list. */
    private static final ImmutableMap<String, SlimKind> KINDS = ImmutableMap.<String, SlimKind>builder()
            .put("namespaces", new SlimKind(fields("metadata/labels", "status/phase"), POD_BYTES))
            .put(
                    "pods",
                    new SlimKind(
                            fields(
                                    "metadata/labels",
                                    "metadata/annotations/kubernetes.io~1config.mirror",
                                    "metadata/ownerReferences",
                                    "spec/serviceAccountName",
                                    "spec/serviceAccount",
                                    "spec/hostNetwork",
                                    "spec/containers/ports",
                                    "spec/initContainers/restartPolicy",
                                    "spec/initContainers/ports",
                                    "status/phase",
                                    "status/podIP",
                                    "status/podIPs"),
                            POD_BYTES))
            .put("deployments", WORKLOAD)
            .put("statefulsets", WORKLOAD)
            .put("daemonsets", WORKLOAD)
            .put(
                    "services",
                    new SlimKind(
                            fields(
                                    "spec/selector",
                                    "spec/type",
                                    "spec/ports",
                                    "spec/clusterIP",
                                    "spec/clusterIPs",
                                    "status/loadBalancer/ingress/ip"),
                            OTHER_BYTES))
            .put("nodes", new SlimKind(fields("spec/podCIDR", "spec/podCIDRs", "status/addresses"), POD_BYTES))
            .put("networkpolicies", new SlimKind(withoutManagedFields(), DECLARED_BYTES))
            .put("accessintents", new SlimKind(fields("spec", "status"), DECLARED_BYTES))
            .buildOrThrow();

    /** Empty where the answer is not a list of a kind that is reduced. */
    static Optional<SlimKind> of(String method, URI request) {
        boolean watch = request.getRawQuery() != null && request.getRawQuery().contains("watch=true");
        return method.equals("GET") && !watch
                ? Optional.ofNullable(
                        KINDS.get(Iterables.getLast(Splitter.on('/').split(request.getPath()))))
                : Optional.empty();
    }

    /** Empty where objects of the kind are not reduced. */
    static Optional<SlimKind> of(String kind) {
        return Optional.ofNullable(KINDS.get(Pluralize.toPlural(kind.toLowerCase(Locale.ROOT))));
    }

    /** Who wrote a policy last matters, what of it they wrote does not. */
    private static KeptFields withoutManagedFields() {
        return fields(
                "spec",
                "metadata/labels",
                "metadata/annotations",
                "metadata/finalizers",
                "metadata/ownerReferences",
                "metadata/managedFields/manager",
                "metadata/managedFields/operation",
                "metadata/managedFields/time");
    }

    private static KeptFields fields(String... more) {
        return KeptFields.of(ObjectArrays.concat(METADATA, more, String.class));
    }
}
