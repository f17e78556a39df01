package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.api.v1alpha1.VoidedBy;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.WorkloadName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What the pods of a workload tell of how far policies hold it.
 *
 * @param unstamped how many have no stamped service account, so that rules for it miss them
 * @param hostNetwork whether one is on its node's network, where no policy holds it
 * @param voided whether a policy by somebody else selects one, and opens what no intent asks for
 * @param dns whether one serves the cluster's names
 */
record PodFacts(int pods, int unstamped, boolean hostNetwork, boolean voided, boolean dns) {

    private static final PodFacts NONE = new PodFacts(0, 0, false, false, false);

    /** Of every workload that has pods, in the namespaces that are seen. */
    static ImmutableMap<WorkloadName, PodFacts> of(ViewedCluster cluster) {
        ImmutableSet<String> voiding = cluster.view().segmentStatuses().values().stream()
                .flatMap(status -> status.voidedBy().stream())
                .map(VoidedBy::policy)
                .collect(ImmutableSet.toImmutableSet());
        Predicate<Pod> dns = ClusterDns.of(cluster.snapshot().declarations());
        Map<WorkloadName, PodFacts> facts = new HashMap<>();
        cluster.namespaces().forEach(namespace -> {
            List<NetworkPolicy> voids = voiding.isEmpty()
                    ? List.of()
                    : cluster.view().snapshot().policies(namespace.name()).values().stream()
                            .map(live -> live.policy())
                            .filter(policy -> voiding.contains(policy.key().toString()))
                            .toList();
            cluster.view()
                    .pods()
                    .get(namespace.name())
                    .forEach(pod -> facts.merge(pod.workload(), of(pod, voids, dns), PodFacts::and));
        });
        return ImmutableMap.copyOf(facts);
    }

    /** Of a workload that has no pods. */
    static PodFacts none() {
        return NONE;
    }

    private static PodFacts of(Pod pod, List<NetworkPolicy> voids, Predicate<Pod> dns) {
        return new PodFacts(
                1,
                Identity.isUnstamped(pod.traits()) ? 1 : 0,
                pod.traits().hostNetwork(),
                voids.stream()
                        .anyMatch(
                                policy -> policy.subject().matches(pod.traits().labels())),
                dns.test(pod));
    }

    private PodFacts and(PodFacts other) {
        return new PodFacts(
                pods + other.pods,
                unstamped + other.unstamped,
                hostNetwork || other.hostNetwork,
                voided || other.voided,
                dns || other.dns);
    }
}
