package dev.bulkhead.cluster.metrics;

import com.google.common.collect.ImmutableListMultimap;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.Rejection;
import dev.bulkhead.cluster.status.Reporters;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.world.Namespace;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the cluster stands, read from what is known when somebody asks. Only the leader says it: it alone sees what its own
 * writes come to, and sums over replicas are right.
 */
final class ClusterCollector extends Collector {

    private final Inventory inventory;
    private final Reporters reporters;
    private final MetricsDetail detail;
    private final BooleanSupplier leading;

    ClusterCollector(Inventory inventory, Reporters reporters, MetricsDetail detail, BooleanSupplier leading) {
        this.inventory = inventory;
        this.reporters = reporters;
        this.detail = detail;
        this.leading = leading;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        if (!leading.getAsBoolean()) {
            return List.of();
        }
        InventorySnapshot snapshot = inventory.snapshot();
        EnrolledNamespaces places = new EnrolledNamespaces(detail, snapshot);
        return List.of(
                places.gauge("bulkhead_namespaces", "Namespaces that segments enrol.", namespace -> 1),
                places.gauge(
                        "bulkhead_rules",
                        "Rules of AccessIntents, by their state.",
                        "state",
                        rules(inventory.intentStatusesByNamespace())),
                places.gauge(
                        "bulkhead_policies",
                        "NetworkPolicies that Bulkhead has written.",
                        namespace -> managed(snapshot, namespace)),
                places.gauge(
                        "bulkhead_unstamped_pods",
                        "Pods that lack the API server's stamp of their service account.",
                        namespace -> inventory.unstampedPods(List.of(namespace))),
                places.gauge(
                        "bulkhead_unenforceable_workloads",
                        "Workloads on the host network, which no policy can hold.",
                        namespace -> snapshot.world()
                                .namespace(namespace)
                                .map(ClusterCollector::unenforceable)
                                .orElse(0L)),
                places.gauge(
                        "bulkhead_voiding_policies",
                        "Policies by others that open what no intent asks for.",
                        counted(reporters.audit().found().voided().stream()
                                .map(voided -> voided.policy().namespace()))),
                places.gauge(
                        "bulkhead_fought_policies",
                        "Policies that somebody changes as often as they are put right.",
                        counted(reporters.segments().fights().stream()
                                .map(fight -> fight.policy().namespace()))),
                new GaugeMetricFamily(
                        "bulkhead_conflicting_namespaces",
                        "Namespaces that two segments claim with equal right, so that nothing changes there.",
                        snapshot.enrolment().conflicts().size()),
                new GaugeMetricFamily(
                        "bulkhead_crowded_namespaces",
                        "Namespaces with more in them than there is room for in memory, so that nothing opens there.",
                        inventory.crowdedNamespaces()),
                rejected(snapshot),
                new GaugeMetricFamily(
                        "bulkhead_identity_in_force",
                        "1 where the API server vouches for the service accounts of pods, else 0.",
                        inventory.identityFlaws().isEmpty() ? 1 : 0));
    }

    private static Map<String, ToDoubleFunction<String>> rules(
            ImmutableListMultimap<String, AccessIntentStatus> statuses) {
        Map<String, Map<String, Long>> byState = statuses.entries().stream()
                .flatMap(entry -> entry.getValue().rules().stream()
                        .map(rule -> Map.entry(rule.state().name(), entry.getKey())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.groupingBy(Map.Entry::getValue, Collectors.counting())));
        Map<String, ToDoubleFunction<String>> counts = new LinkedHashMap<>();
        Arrays.stream(RuleOutcome.State.values()).forEach(state -> {
            Map<String, Long> namespaces = byState.getOrDefault(state.name(), Map.of());
            counts.put(state.label(), namespace -> namespaces.getOrDefault(namespace, 0L));
        });
        return counts;
    }

    private static long managed(InventorySnapshot snapshot, String namespace) {
        return snapshot.policies(namespace).values().stream()
                .filter(LivePolicy::isManaged)
                .count();
    }

    /** One for each workload, and one for all pods of a kind that belong to none. */
    private static long unenforceable(Namespace namespace) {
        long workloads = namespace.workloads().values().stream()
                .filter(workload -> workload.template().hostNetwork())
                .count();
        long others = namespace.pods().stream()
                .filter(pods -> pods.hostNetwork()
                        && namespace.workloads().values().stream()
                                .noneMatch(workload -> workload.selector().matches(pods.labels())))
                .count();
        return workloads + others;
    }

    private static ToDoubleFunction<String> counted(Stream<String> namespaces) {
        Map<String, Long> counts =
                namespaces.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return namespace -> counts.getOrDefault(namespace, 0L);
    }

    private static MetricFamilySamples rejected(InventorySnapshot snapshot) {
        GaugeMetricFamily family = new GaugeMetricFamily(
                "bulkhead_rejected_objects",
                "Objects of Bulkhead's kinds that cannot be understood, by kind.",
                List.of("kind"));
        family.addMetric(
                List.of("AccessIntent"),
                snapshot.declared().values().stream()
                        .mapToInt(declared -> declared.rejections().size())
                        .sum());
        Map<String, Map<String, Rejection>> others = new LinkedHashMap<>();
        others.put("Segment", snapshot.segmentRejections());
        others.put("Guardrail", snapshot.guardrailRejections());
        others.put("WellKnownPeers", snapshot.wellKnownRejections());
        others.forEach((kind, rejections) -> family.addMetric(List.of(kind), rejections.size()));
        return family;
    }
}
