package dev.bulkhead.cluster.decode;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import dev.bulkhead.core.world.ContainerPort;
import dev.bulkhead.core.world.PodClass;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Pods, as the classes that policies can tell apart. Equal classes read by one reader are one object, and so are the
 * texts of their labels: ten thousand pods of a workload cost as much as one. Safe to use by several threads.
 */
public final class PodReader {

    private static final String DEFAULT_SERVICE_ACCOUNT = "default";
    /** On the API server's copy of a pod that a node runs from a file. */
    private static final String MIRROR = "kubernetes.io/config.mirror";

    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");

    private final Interner<PodClass> classes = Interners.newWeakInterner();
    private final Interner<String> texts = Interners.newWeakInterner();

    /** Empty for a finished pod: its address may be another pod's by now. */
    public Optional<PodClass> read(Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        boolean finished = phase != null && FINISHED.contains(phase);
        return finished ? Optional.empty() : Optional.of(read(pod.getMetadata(), pod.getSpec()));
    }

    /** The class that pods of this template are born into, before the API server stamps anything. */
    public PodClass read(PodTemplateSpec template) {
        return read(template.getMetadata(), template.getSpec());
    }

    private PodClass read(ObjectMeta metadata, PodSpec spec) {
        PodSpec known = Objects.requireNonNullElseGet(spec, PodSpec::new);
        return classes.intern(new PodClass(
                labels(metadata),
                serviceAccount(metadata, known),
                ports(known),
                Boolean.TRUE.equals(known.getHostNetwork())));
    }

    private ImmutableSortedMap<String, String> labels(ObjectMeta metadata) {
        Map<String, String> labels = metadata == null ? null : metadata.getLabels();
        if (labels == null) {
            return ImmutableSortedMap.of();
        }
        ImmutableSortedMap.Builder<String, String> interned = ImmutableSortedMap.naturalOrder();
        labels.forEach(
                (key, value) -> interned.put(texts.intern(key), texts.intern(Objects.requireNonNullElse(value, ""))));
        return interned.build();
    }

    /** The older field is an alias that manifests still use. A kubelet's mirror of a static pod has none. */
    private String serviceAccount(ObjectMeta metadata, PodSpec spec) {
        String name = isGiven(spec.getServiceAccountName()) ? spec.getServiceAccountName() : spec.getServiceAccount();
        if (isGiven(name)) {
            return texts.intern(name);
        }
        boolean mirror = metadata != null
                && metadata.getAnnotations() != null
                && metadata.getAnnotations().containsKey(MIRROR);
        return mirror ? "" : DEFAULT_SERVICE_ACCOUNT;
    }

    private static boolean isGiven(String text) {
        return text != null && !text.isEmpty();
    }

    private static ImmutableSortedSet<ContainerPort> ports(PodSpec spec) {
        ImmutableSortedSet.Builder<ContainerPort> ports = ImmutableSortedSet.naturalOrder();
        orNone(spec.getContainers()).forEach(container -> ports.addAll(ports(container)));
        orNone(spec.getInitContainers()).stream()
                .filter(container -> "Always".equals(container.getRestartPolicy()))
                .forEach(sidecar -> ports.addAll(ports(sidecar)));
        return ports.build();
    }

    private static Collection<ContainerPort> ports(Container container) {
        return orNone(container.getPorts()).stream()
                .filter(port -> port.getContainerPort() != null)
                .map(port -> new ContainerPort(
                        Objects.requireNonNullElse(port.getName(), ""),
                        ProtocolReader.read(port.getProtocol(), "spec.containers.ports.protocol"),
                        port.getContainerPort()))
                .toList();
    }

    private static <T> List<T> orNone(List<T> list) {
        return Objects.requireNonNullElse(list, ImmutableList.of());
    }
}
