package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.cluster.audit.OtherKind;
import dev.bulkhead.core.intent.Spelling;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import java.util.Optional;
import java.util.function.Function;

/**
 * The kinds of Kubernetes that say something about connections, by API group: newer and older versions of a group have
 * the fields that matter here in common.
 *
 * <p>They are decoded by hand rather than by Jackson: to learn what all of a pod can hold takes it longer than to read
 * ten thousand of them, and it knows nothing of lines.
 */
final class KubernetesKinds {

    private static final String ADMISSION = "admissionregistration.k8s.io/";

    private static final ImmutableMap<String, Function<Fields, HasMetadata>> DECODERS =
            ImmutableMap.<String, Function<Fields, HasMetadata>>builder()
                    .put("/Namespace", ClusterDecoder::namespace)
                    .put("/Node", ClusterDecoder::node)
                    .put("/Pod", PodDecoder::pod)
                    .put("/ReplicationController", WorkloadDecoder::replicationController)
                    .put("/Service", NetworkDecoder::service)
                    .put("apps/DaemonSet", WorkloadDecoder::daemonSet)
                    .put("apps/Deployment", WorkloadDecoder::deployment)
                    .put("apps/ReplicaSet", WorkloadDecoder::replicaSet)
                    .put("apps/StatefulSet", WorkloadDecoder::statefulSet)
                    .put("batch/CronJob", WorkloadDecoder::cronJob)
                    .put("batch/Job", WorkloadDecoder::job)
                    .put("discovery.k8s.io/EndpointSlice", NetworkDecoder::endpointSlice)
                    .put("extensions/DaemonSet", WorkloadDecoder::daemonSet)
                    .put("extensions/Deployment", WorkloadDecoder::deployment)
                    .put("extensions/Ingress", NetworkDecoder::ingress)
                    .put("extensions/NetworkPolicy", PolicyDecoder::policy)
                    .put("extensions/ReplicaSet", WorkloadDecoder::replicaSet)
                    .put("networking.k8s.io/Ingress", NetworkDecoder::ingress)
                    .put("networking.k8s.io/IngressClass", NetworkDecoder::ingressClass)
                    .put("networking.k8s.io/NetworkPolicy", PolicyDecoder::policy)
                    .put(
                            ADMISSION + "MutatingAdmissionPolicy",
                            object -> ClusterDecoder.named(new MutatingAdmissionPolicy(), object))
                    .put(
                            ADMISSION + "MutatingAdmissionPolicyBinding",
                            object -> ClusterDecoder.named(new MutatingAdmissionPolicyBinding(), object))
                    .put(
                            ADMISSION + "ValidatingAdmissionPolicy",
                            object -> ClusterDecoder.named(new ValidatingAdmissionPolicy(), object))
                    .put(
                            ADMISSION + "ValidatingAdmissionPolicyBinding",
                            object -> ClusterDecoder.named(new ValidatingAdmissionPolicyBinding(), object))
                    .buildOrThrow();

    private static final ImmutableSet<String> GROUPS = ImmutableSet.of(
            "",
            "apps",
            "batch",
            "networking.k8s.io",
            "discovery.k8s.io",
            "admissionregistration.k8s.io",
            "extensions",
            "policy");

    private static final ImmutableSet<String> NAMES = DECODERS.keySet().stream()
            .map(key -> key.substring(key.lastIndexOf('/') + 1))
            .collect(ImmutableSet.toImmutableSet());

    private KubernetesKinds() {}

    /** Whether a kind in any of their groups has this name. */
    static boolean isName(String kind) {
        return NAMES.contains(kind);
    }

    /** Empty for a kind that says nothing about connections. */
    static Optional<Function<Fields, HasMetadata>> decoder(String group, String kind) {
        return OtherKind.isKnown(group, kind)
                ? Optional.of(object -> ClusterDecoder.notJudged(OtherKind.nameOf(group, kind), object))
                : Optional.ofNullable(DECODERS.get(group + "/" + kind));
    }

    /** Says so where the kind is one of these, and the group is another one of Kubernetes, or nearly one. */
    static Optional<Flaw> strangeGroup(Tree.Mapping tree, String group, String kind) {
        String right = GROUPS.stream()
                .filter(known -> DECODERS.containsKey(known + "/" + kind))
                .findFirst()
                .orElse(null);
        boolean meant = right != null
                && (GROUPS.contains(group) || Spelling.nearest(group, GROUPS).isPresent());
        if (!meant) {
            return Optional.empty();
        }
        String apiVersion = tree.text("apiVersion").orElse("");
        String wrong = apiVersion.isEmpty()
                ? "apiVersion: it is missing"
                : "there is no " + kind + " in '" + Excerpt.of(apiVersion) + "'";
        return Optional.of(
                new Flaw(tree.lineOf("apiVersion"), wrong + "; write " + (right.isEmpty() ? "v1" : right + "/v1")));
    }
}
