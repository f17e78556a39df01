package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.app.console.RandomTowns.Contents;
import dev.bulkhead.cluster.access.Scope;
import dev.bulkhead.cluster.inventory.LiveView;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.WorkloadName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A namespace that is enforced and full of workloads, and that its team has opened by policies of its own. */
final class Crowd {

    static final String NAMESPACE = "crowd";

    private static final ImmutableSet<Direction> BOTH = ImmutableSet.copyOf(Direction.values());

    private Crowd() {}

    /** All of them open to all, by one policy. */
    static LiveView open(int workloads) {
        return view(pods(workloads, 1), List.of(allowAll("open", LabelSelector.everything())));
    }

    /** Likewise, by a policy for each of them. */
    static LiveView openOneByOne(int workloads) {
        List<NetworkPolicy> policies = IntStream.range(0, workloads)
                .mapToObj(i -> allowAll("open-" + i, LabelSelector.label("app", "app-" + i)))
                .toList();
        return view(pods(workloads, 1), policies);
    }

    /** One workload, of which every pod is opened by a policy of its own. */
    static LiveView ofDifferentPods(int pods) {
        List<NetworkPolicy> policies = IntStream.range(0, pods)
                .mapToObj(i -> allowAll("open-" + i, LabelSelector.label("pod", "0-" + i)))
                .toList();
        return view(pods(1, pods), policies);
    }

    static Scope scope() {
        return new Scope(/* everything= */ false, ImmutableSortedSet.of(NAMESPACE));
    }

    static ViewedCluster seen(LiveView view) {
        return new ViewedCluster(view, scope());
    }

    private static List<Pod> pods(int workloads, int ofEach) {
        List<Pod> pods = new ArrayList<>();
        for (int workload = 0; workload < workloads; workload++) {
            for (int pod = 0; pod < ofEach; pod++) {
                String number = workload + "-" + pod;
                pods.add(new Pod(
                        NAMESPACE,
                        "app-" + number,
                        new WorkloadName(NAMESPACE, "Deployment", "app-" + workload),
                        new PodClass(
                                ImmutableSortedMap.of("app", "app-" + workload, "pod", number),
                                "default",
                                ImmutableSortedSet.of(),
                                false),
                        ImmutableSortedSet.of()));
            }
        }
        return pods;
    }

    private static NetworkPolicy allowAll(String name, LabelSelector subject) {
        return new NetworkPolicy(
                new NetworkPolicy.Key(NAMESPACE, name),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                subject,
                BOTH,
                ImmutableList.of(PolicyRule.everything()),
                ImmutableList.of(PolicyRule.everything()));
    }

    private static LiveView view(List<Pod> pods, List<NetworkPolicy> policies) {
        Namespace namespace = new Namespace(
                NAMESPACE,
                ImmutableSortedMap.of(Namespace.NAME_LABEL, NAMESPACE),
                false,
                ImmutableMap.of(),
                ImmutableMap.of(),
                pods.stream().map(Pod::traits).collect(ImmutableSet.toImmutableSet()));
        DeclaredSegment enforced = new DeclaredSegment(
                "enforced",
                ImmutableList.of(NAMESPACE),
                ImmutableList.of(),
                BOTH,
                DeclaredSegment.TrustBoundary.NAMESPACE,
                /* dns= */ false,
                /* verified= */ false);
        return ViewOfTown.of(
                Map.of(NAMESPACE, new Contents(namespace, pods, List.of(), policies)), List.of(enforced), List.of());
    }
}
