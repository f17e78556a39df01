package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.Workload;
import dev.bulkhead.core.world.WorkloadName;
import java.util.Arrays;
import java.util.Map;

/** Namespaces and what stands in them, for tests. */
final class Contents {

    private Contents() {}

    static Namespace namespace(String name) {
        return Namespace.empty(name);
    }

    static Namespace namespace(String name, Map<String, String> labels) {
        return namespace(name, labels, /* terminating= */ false);
    }

    static Namespace terminating(String name) {
        return namespace(name, Map.of(), /* terminating= */ true);
    }

    private static Namespace namespace(String name, Map<String, String> labels, boolean terminating) {
        Namespace empty = Namespace.empty(name);
        return new Namespace(
                name,
                ImmutableSortedMap.<String, String>naturalOrder()
                        .putAll(empty.labels())
                        .putAll(labels)
                        .build(),
                terminating,
                empty.services(),
                empty.workloads(),
                empty.pods());
    }

    static Pod pod(String namespace, String name, PodClass traits, String... addresses) {
        return new Pod(
                namespace,
                name,
                new WorkloadName(namespace, "Pod", name),
                traits,
                Arrays.stream(addresses)
                        .map(IpAddress::parse)
                        .collect(ImmutableSortedSet.toImmutableSortedSet(IpAddress::compareTo)));
    }

    /** Without the API server's stamp. */
    static PodClass podClass(String app) {
        return new PodClass(ImmutableSortedMap.of("app", app), "default", ImmutableSortedSet.of(), false);
    }

    static PodClass stamped(PodClass pod) {
        return Identity.stamped(pod);
    }

    static Service service(String name, int port) {
        return new Service(
                name,
                true,
                LabelSelector.label("app", name),
                ImmutableList.of(new Service.Port("", Protocol.TCP, port, Ports.port(Protocol.TCP, port))),
                ImmutableSortedSet.of());
    }

    static Workload workload(Workload.Key key, String app) {
        return new Workload(key, LabelSelector.label("app", app), podClass(app));
    }
}
