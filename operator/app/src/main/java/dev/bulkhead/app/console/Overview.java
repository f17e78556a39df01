package dev.bulkhead.app.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.cluster.access.User;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.LiveView;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What there is, and what needs attention. */
record Overview(
        String user,
        boolean leading,
        String scope,
        Coverage coverage,
        Totals totals,
        List<OneSegment> segments,
        List<OneNamespace> namespaces,
        List<AttentionItem> attention,
        List<RecentChange> recent) {

    record Totals(int namespaces, int workloads, int pods, int intents, int policies, Map<String, Integer> states) {}

    /** @param disputed namespaces that another segment claims with equal right: nothing in them changes */
    record OneSegment(
            String name,
            boolean inbound,
            boolean outbound,
            String trustBoundary,
            List<String> namespaces,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> disputed) {}

    /** @param claimedBy the segments that claim it with equal right, where there are several */
    record OneNamespace(
            String name,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String segment,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> claimedBy,
            List<String> enforced,
            int workloads,
            int pods,
            int intents,
            int policies,
            int othersPolicies,
            Map<String, Integer> states) {}

    static Overview of(ViewedCluster cluster, User user, boolean leading) {
        List<OneNamespace> all = cluster.namespaces().stream()
                .map(namespace -> namespace(cluster, namespace))
                .toList();
        List<AccessIntentStatus> statuses = cluster.namespaces().stream()
                .flatMap(namespace -> statuses(cluster.view(), namespace.name()).stream())
                .toList();
        return new Overview(
                user.name(),
                leading,
                scope(cluster),
                Coverage.of(all.stream()
                        .filter(namespace -> isEnrollable(cluster, namespace))
                        .toList()),
                new Totals(
                        all.size(),
                        all.stream().mapToInt(OneNamespace::workloads).sum(),
                        all.stream().mapToInt(OneNamespace::pods).sum(),
                        all.stream().mapToInt(OneNamespace::intents).sum(),
                        all.stream().mapToInt(OneNamespace::policies).sum(),
                        RuleStateCounts.of(statuses)),
                segments(cluster),
                all.stream()
                        .filter(namespace ->
                                concerns(namespace) || (namespace.workloads() > 0 && isEnrollable(cluster, namespace)))
                        .toList(),
                AttentionItem.of(cluster),
                RecentChange.of(
                        Maps.filterKeys(cluster.view().intentStatuses(), cluster.scope()::sees),
                        cluster.scope().everything() ? cluster.view().segmentStatuses() : ImmutableSortedMap.of()));
    }

    static String scope(ViewedCluster cluster) {
        return cluster.scope().everything() ? "AllNamespaces" : "SomeNamespaces";
    }

    private static boolean isEnrollable(ViewedCluster cluster, OneNamespace namespace) {
        return !cluster.view().snapshot().declarations().excluded().contains(namespace.name());
    }

    /** Whether Bulkhead has anything to do with it, or others have policies there. */
    private static boolean concerns(OneNamespace namespace) {
        return !namespace.segment().isEmpty()
                || !namespace.claimedBy().isEmpty()
                || namespace.intents() > 0
                || namespace.policies() > 0
                || namespace.othersPolicies() > 0;
    }

    private static OneNamespace namespace(ViewedCluster cluster, Namespace namespace) {
        LiveView view = cluster.view();
        String name = namespace.name();
        Enrolment enrolment = view.snapshot().enrolment();
        List<LivePolicy> policies = view.snapshot().policies(name).values().asList();
        int ours = (int) policies.stream().filter(LivePolicy::isManaged).count();
        Collection<Pod> pods = view.pods().get(name);
        return new OneNamespace(
                name,
                enrolment.segment(name).map(DeclaredSegment::name).orElse(""),
                claimedBy(enrolment, name),
                directions(enrolment, name),
                Workloads.names(namespace, pods).size(),
                pods.size(),
                statuses(view, name).size(),
                ours,
                policies.size() - ours,
                RuleStateCounts.of(statuses(view, name)));
    }

    static List<String> claimedBy(Enrolment enrolment, String namespace) {
        return Optional.ofNullable(enrolment.conflicts().get(namespace))
                .map(conflict -> conflict.segments().asList())
                .orElse(ImmutableList.of());
    }

    static List<String> directions(Enrolment enrolment, String namespace) {
        return enrolment.enforced(namespace).stream()
                .map(Direction::policyType)
                .sorted()
                .toList();
    }

    private static Collection<AccessIntentStatus> statuses(LiveView view, String namespace) {
        return view.intentStatuses()
                .getOrDefault(namespace, ImmutableSortedMap.of())
                .values();
    }

    /** Whoever sees some namespaces alone is shown no segment that has none of them. */
    private static List<OneSegment> segments(ViewedCluster cluster) {
        Enrolment enrolment = cluster.view().snapshot().enrolment();
        List<OneSegment> segments = new ArrayList<>();
        cluster.view().snapshot().declarations().segments().values().forEach(segment -> {
            List<String> members = enrolment.members(segment.name()).stream()
                    .filter(cluster.scope()::sees)
                    .toList();
            List<String> disputed = enrolment.conflicts().entrySet().stream()
                    .filter(conflict -> cluster.scope().sees(conflict.getKey())
                            && conflict.getValue().segments().contains(segment.name()))
                    .map(Map.Entry::getKey)
                    .toList();
            if (cluster.scope().everything() || !members.isEmpty() || !disputed.isEmpty()) {
                segments.add(new OneSegment(
                        segment.name(),
                        segment.enforced().contains(Direction.INGRESS),
                        segment.enforced().contains(Direction.EGRESS),
                        capitalised(segment.trustBoundary().name()),
                        members,
                        disputed));
            }
        });
        return segments;
    }

    private static String capitalised(String constant) {
        return constant.charAt(0) + constant.substring(1).toLowerCase(Locale.ROOT);
    }
}
