package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.WorkloadName;
import java.util.Collection;
import java.util.TreeSet;

/** The workloads of a namespace: those that have pods, and those that are declared. */
final class Workloads {

    private Workloads() {}

    static ImmutableSortedSet<WorkloadName> names(Namespace namespace, Collection<Pod> pods) {
        TreeSet<WorkloadName> names = new TreeSet<>();
        pods.forEach(pod -> names.add(pod.workload()));
        namespace
                .workloads()
                .keySet()
                .forEach(key -> names.add(new WorkloadName(namespace.name(), key.kind(), key.name())));
        return ImmutableSortedSet.copyOf(names);
    }

    /** As the command line and parameters have it: {@code ns/Kind/name}. */
    static String id(WorkloadName workload) {
        return workload.namespace() + "/" + workload.kind() + "/" + workload.name();
    }
}
