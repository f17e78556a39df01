package dev.bulkhead.cluster.decode;

import dev.bulkhead.core.world.WorkloadName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Which workload a pod belongs to, as people see it: a Deployment rather than one of its ReplicaSets, if that is known. */
final class Owners {

    private static final String TEMPLATE_HASH = "pod-template-hash";

    /** What is known to make pods, and what in turn owns it. */
    private final Map<WorkloadName, Optional<WorkloadName>> makers = new HashMap<>();

    void add(HasMetadata maker) {
        ObjectMeta metadata = maker.getMetadata();
        makers.put(nameOf(maker), owner(metadata));
    }

    static WorkloadName nameOf(HasMetadata maker) {
        return new WorkloadName(
                maker.getMetadata().getNamespace(),
                maker.getKind(),
                maker.getMetadata().getName());
    }

    /** The pod itself where nothing owns it. */
    WorkloadName ofPod(ObjectMeta pod) {
        WorkloadName owner = direct(pod);
        Optional<WorkloadName> above = makers.getOrDefault(owner, deployment(owner, pod));
        return above.filter(makers::containsKey).orElse(owner);
    }

    private static WorkloadName direct(ObjectMeta pod) {
        return owner(pod).orElseGet(() -> new WorkloadName(pod.getNamespace(), WorkloadName.POD, pod.getName()));
    }

    /** Likewise where nothing is known of what makes pods, by what is usual. */
    static WorkloadName assumedOfPod(ObjectMeta pod) {
        WorkloadName owner = direct(pod);
        return deployment(owner, pod).orElse(owner);
    }

    /** Whether something else that is known makes the pods of this one. */
    boolean isOwned(WorkloadName maker) {
        return makers.get(maker).filter(makers::containsKey).isPresent();
    }

    /** A Deployment calls its ReplicaSets by its own name and the hash of the template. */
    private static Optional<WorkloadName> deployment(WorkloadName owner, ObjectMeta pod) {
        String hash = pod.getLabels() == null ? null : pod.getLabels().get(TEMPLATE_HASH);
        if (hash == null || !owner.kind().equals("ReplicaSet") || !owner.name().endsWith("-" + hash)) {
            return Optional.empty();
        }
        String name = owner.name().substring(0, owner.name().length() - hash.length() - 1);
        return Optional.of(new WorkloadName(owner.namespace(), "Deployment", name));
    }

    /** The controller among the owners, else the first of them. */
    private static Optional<WorkloadName> owner(ObjectMeta metadata) {
        List<OwnerReference> references = Objects.requireNonNullElse(metadata.getOwnerReferences(), List.of());
        return references.stream()
                .filter(reference -> Boolean.TRUE.equals(reference.getController()))
                .findFirst()
                .or(() -> references.stream().findFirst())
                .filter(reference -> reference.getName() != null)
                // Static pods are owned by their node.
                .filter(reference -> !"Node".equals(reference.getKind()))
                .map(reference -> new WorkloadName(
                        metadata.getNamespace(),
                        Objects.requireNonNullElse(reference.getKind(), WorkloadName.POD),
                        reference.getName()));
    }
}
