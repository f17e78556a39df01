package dev.bulkhead.app.snapshot;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.app.FailedException;
import dev.bulkhead.core.reach.Topology;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.WorkloadName;
import dev.bulkhead.core.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds ends as people write them: {@code ns/name} for a pod, or for a workload where only one has that name;
 * {@code ns/Kind/name} for all pods of a workload; {@code ns/Service/name} for the pods behind a Service; or an IP address.
 */
public final class Ends {

    private static final Set<String> SERVICE = Set.of("service", "services", "svc");

    private final Topology topology;
    private final World world;
    private final Map<String, Pod> pods = new HashMap<>();
    private final Map<IpAddress, Pod> byAddress = new HashMap<>();

    public Ends(Snapshot snapshot) {
        this.topology = snapshot.topology();
        this.world = snapshot.world();
        topology.pods().forEach(pod -> {
            pods.put(pod.namespace() + "/" + pod.name(), pod);
            if (!pod.traits().hostNetwork()) {
                pod.addresses().forEach(address -> byAddress.put(address, pod));
            }
        });
    }

    /** @throws FailedException where there is no such end, with what may have been meant */
    public End find(String text) {
        String[] parts = text.split("/", -1);
        Optional<End> found = switch (parts.length) {
            case 1 -> address(text);
            case 2 -> named(parts[0], parts[1]);
            case 3 -> isService(parts[1]) ? service(parts[0], parts[2]) : workload(parts[0], parts[1], parts[2]);
            default -> Optional.empty();
        };
        return found.orElseThrow(() -> new FailedException("'" + text + "': there is no such pod, workload or Service; "
                + new EndSuggestion(topology, world).insteadOf(text)));
    }

    static boolean isService(String kind) {
        return SERVICE.contains(kind.toLowerCase(Locale.ROOT));
    }

    private Optional<End> address(String text) {
        try {
            IpAddress address = IpAddress.parse(text);
            Pod pod = byAddress.get(address);
            return Optional.of(pod == null ? new End.Outside(address) : new End.OnePod(pod));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    private Optional<End> named(String namespace, String name) {
        Pod pod = pods.get(namespace + "/" + name);
        if (pod != null) {
            return Optional.of(new End.OnePod(pod));
        }
        List<WorkloadName> candidates = topology.workloads().keySet().stream()
                .filter(workload -> workload.namespace().equals(namespace)
                        && workload.name().equals(name))
                .toList();
        return candidates.size() == 1 ? Optional.of(workload(candidates.get(0))) : Optional.empty();
    }

    private End workload(WorkloadName name) {
        return new End.Workload(name, topology.workloads().get(name), Optional.empty());
    }

    private Optional<End> workload(String namespace, String kind, String name) {
        return topology.workloads().keySet().stream()
                .filter(workload -> workload.namespace().equals(namespace)
                        && workload.kind().equalsIgnoreCase(kind)
                        && workload.name().equals(name))
                .map(this::workload)
                .findFirst();
    }

    /** @throws FailedException where it does not stand for the pods of one workload */
    private Optional<End> service(String namespace, String name) {
        return world.namespace(namespace)
                .map(Namespace::services)
                .map(services -> services.get(name))
                .map(service -> behind(namespace, service));
    }

    private End behind(String namespace, Service service) {
        String named = "Service " + namespace + "/" + service.name();
        if (!service.selectsPods()) {
            throw new FailedException(named + " has no selector, so what stands behind it is not known; write a pod, a"
                    + " workload or an IP address");
        }
        Map<WorkloadName, List<Pod>> workloads = topology.pods()
                .filter(pod -> pod.namespace().equals(namespace)
                        && service.selector().matches(pod.traits().labels()))
                .collect(Collectors.groupingBy(Pod::workload));
        if (workloads.isEmpty()) {
            throw new FailedException(
                    named + " selects no pod and no workload: none of " + namespace + " has " + service.selector());
        }
        if (workloads.size() > 1) {
            throw new FailedException(named + " selects pods of " + workloads.size() + " workloads; write one of them: "
                    + workloads.keySet().stream()
                            .sorted()
                            .map(EndSuggestion::written)
                            .collect(Collectors.joining(", ")));
        }
        Map.Entry<WorkloadName, List<Pod>> one = workloads.entrySet().iterator().next();
        return new End.Workload(one.getKey(), ImmutableList.copyOf(one.getValue()), Optional.of(service));
    }
}
