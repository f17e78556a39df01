package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.WorkloadName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Who there is to connect, whatever the policies say.
 *
 * @param namespaces by name; one that is missing has the label that the API server gives every namespace
 * @param workloads with their pods, at least one each
 * @param published the pods' ports that Ingress objects send requests from outside to
 */
public record Topology(
        ImmutableMap<String, Namespace> namespaces,
        ImmutableSortedMap<WorkloadName, ImmutableList<Pod>> workloads,
        ImmutableSortedMap<WorkloadName, PortSet> published) {

    public Stream<Pod> pods() {
        return workloads.values().stream().flatMap(List::stream);
    }

    /** Sorted by the names of their workloads. */
    public static Topology of(
            Map<String, Namespace> namespaces, Collection<Pod> pods, Map<WorkloadName, PortSet> published) {
        Map<WorkloadName, List<Pod>> workloads = new TreeMap<>();
        pods.forEach(pod -> workloads
                .computeIfAbsent(pod.workload(), name -> new ArrayList<>())
                .add(pod));
        ImmutableSortedMap.Builder<WorkloadName, ImmutableList<Pod>> sorted = ImmutableSortedMap.naturalOrder();
        workloads.forEach((name, members) -> sorted.put(name, ImmutableList.copyOf(members)));
        return new Topology(ImmutableMap.copyOf(namespaces), sorted.build(), ImmutableSortedMap.copyOf(published));
    }
}
