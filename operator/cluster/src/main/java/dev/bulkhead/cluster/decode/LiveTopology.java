package dev.bulkhead.cluster.decode;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.reach.Topology;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Workload;
import dev.bulkhead.core.world.WorkloadName;
import dev.bulkhead.core.world.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Who there is to connect in a world whose pods are known one by one. */
public final class LiveTopology {

    private LiveTopology() {}

    /**
     * Of some namespaces alone. Of Ingress objects nothing is known, so nothing is published.
     *
     * @param pods by namespace
     */
    public static Topology of(World world, Map<String, ImmutableList<Pod>> pods, Predicate<String> wanted) {
        List<Pod> all = new ArrayList<>();
        for (Namespace namespace : world.namespaces().values()) {
            if (wanted.test(namespace.name())) {
                List<Pod> living = pods.getOrDefault(namespace.name(), ImmutableList.of());
                all.addAll(living);
                all.addAll(toCome(namespace, living, world.facts().identityInForce()));
            }
        }
        return Topology.of(world.namespaces(), all, Map.of());
    }

    /** Those that stand for workloads without pods. */
    private static List<Pod> toCome(Namespace namespace, List<Pod> living, boolean stamped) {
        Set<WorkloadName> alive = new HashSet<>();
        living.forEach(pod -> alive.add(pod.workload()));
        List<Pod> toCome = new ArrayList<>();
        for (Workload workload : namespace.workloads().values()) {
            WorkloadName name = new WorkloadName(
                    namespace.name(), workload.key().kind(), workload.key().name());
            if (!alive.contains(name)) {
                PodClass born = stamped ? workload.newborn() : workload.template();
                toCome.addAll(Representatives.of(name, born));
            }
        }
        return toCome;
    }
}
