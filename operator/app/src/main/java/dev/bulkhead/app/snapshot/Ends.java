package dev.bulkhead.app.snapshot;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.app.FailedException;
import dev.bulkhead.app.manifest.Spelling;
import dev.bulkhead.core.reach.Topology;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.WorkloadName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds ends as people write them: {@code ns/name} for a pod, or for a workload where only one has that name;
 * {@code ns/Kind/name} for all pods of a workload; or an IP address.
 */
public final class Ends {

    private final Topology topology;
    private final Map<String, Pod> pods = new HashMap<>();
    private final Map<IpAddress, Pod> byAddress = new HashMap<>();

    public Ends(Topology topology) {
        this.topology = topology;
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
            case 3 -> workload(parts[0], parts[1], parts[2]);
            default -> Optional.empty();
        };
        return found.orElseThrow(() -> new FailedException(missing(text)));
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
        return candidates.size() == 1
                ? Optional.of(
                        new End.Workload(candidates.get(0), topology.workloads().get(candidates.get(0))))
                : Optional.empty();
    }

    private Optional<End> workload(String namespace, String kind, String name) {
        return topology.workloads().entrySet().stream()
                .filter(entry -> entry.getKey().namespace().equals(namespace)
                        && entry.getKey().kind().equalsIgnoreCase(kind)
                        && entry.getKey().name().equals(name))
                .<End>map(entry -> new End.Workload(entry.getKey(), ImmutableList.copyOf(entry.getValue())))
                .findFirst();
    }

    private String missing(String text) {
        Stream<String> known = Stream.concat(
                topology.workloads().keySet().stream()
                        .map(name -> name.namespace() + "/" + name.kind() + "/" + name.name()),
                pods.keySet().stream());
        String instead = Spelling.nearest(text, known.toList())
                .map(near -> "did you mean " + near + "?")
                .orElse("write ns/pod, ns/Kind/name or an IP address; 'bulkhead connectivity' lists what there is");
        return "'" + text + "': there is no such pod or workload; " + instead;
    }
}
