package dev.bulkhead.bench;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.ContainerPort;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.World;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster in memory: in each namespace as many workloads as intents, each of them asking one of the next namespace and
 * serving one of the previous. Every pod is a class of its own, as with StatefulSets: the worst case.
 */
record SyntheticCluster(World world, Declarations declarations) {

    static SyntheticCluster of(int namespaces, int intentsPerNamespace, int podsPerWorkload) {
        ImmutableSortedMap.Builder<String, Namespace> all = ImmutableSortedMap.naturalOrder();
        List<DeclaredIntent> intents = new ArrayList<>();
        for (int n = 0; n < namespaces; n++) {
            ImmutableSet.Builder<PodClass> pods = ImmutableSet.builder();
            for (int w = 0; w < intentsPerNamespace; w++) {
                for (int p = 0; p < podsPerWorkload; p++) {
                    pods.add(pod(w, p));
                }
                intents.add(intent(namespaces, n, w));
            }
            Namespace empty = Namespace.empty(namespace(n));
            all.put(
                    empty.name(),
                    new Namespace(
                            empty.name(), empty.labels(), false, ImmutableMap.of(), ImmutableMap.of(), pods.build()));
        }
        DeclaredSegment segment = new DeclaredSegment(
                "all",
                ImmutableList.of("team-*"),
                ImmutableList.of(),
                ImmutableSet.copyOf(Direction.values()),
                DeclaredSegment.TrustBoundary.NAMESPACE,
                /* dns= */ true,
                /* verified= */ false);
        ClusterFacts facts = ClusterFacts.unknown(true);
        return new SyntheticCluster(
                World.withoutAddresses(all.build(), facts),
                Declarations.of(
                        intents,
                        List.of(segment),
                        List.of(),
                        WellKnownPlaces.nothing(),
                        Declarations.SYSTEM_NAMESPACES));
    }

    private static String namespace(int index) {
        return "team-" + index;
    }

    private static PodClass pod(int workload, int ordinal) {
        return new PodClass(
                ImmutableSortedMap.of(
                        Identity.LABEL, "w" + workload, "app", "w" + workload, "pod", "w" + workload + "-" + ordinal),
                "w" + workload,
                ImmutableSortedSet.of(new ContainerPort("http", Protocol.TCP, 8080)),
                false);
    }

    private static DeclaredIntent intent(int namespaces, int namespace, int workload) {
        String next = namespace((namespace + 1) % namespaces);
        String previous = namespace((namespace + namespaces - 1) % namespaces);
        WorkloadSelector self = new WorkloadSelector.ServiceAccount("w" + workload);
        return new DeclaredIntent(
                new DeclaredIntent.Key(namespace(namespace), "w" + workload),
                self,
                ImmutableList.of(
                        new Rule(
                                Direction.EGRESS,
                                0,
                                new Peer.OfWorkload(next, self),
                                Ports.port(Protocol.TCP, 8080),
                                ""),
                        new Rule(
                                Direction.INGRESS,
                                0,
                                new Peer.OfWorkload(previous, self),
                                Ports.port(Protocol.TCP, 8080),
                                "")));
    }
}
