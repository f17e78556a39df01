package dev.bulkhead.app.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.ConditionStatus;
import dev.bulkhead.api.v1alpha1.RuleState;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.api.v1alpha1.WellKnownFound;
import dev.bulkhead.api.v1alpha1.WellKnownPeer;
import dev.bulkhead.api.v1alpha1.WellKnownSource;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.world.Cidr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the platform team says, for whoever sees all namespaces: it speaks of all of them. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Platform(List<OneGuardrail> guardrails, List<OneWellKnown> wellKnown, List<OneSegment> segments) {

    /**
     * @param limits each in a sentence
     * @param forbids rules of intents that it forbids now
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record OneGuardrail(String name, String description, List<String> limits, List<String> forbids) {}

    /** What the name of a well-known peer comes to, and who says so. */
    record OneWellKnown(WellKnownPeer name, WellKnownSource source, String meaning) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record OneSegment(
            String name,
            List<OneCondition> conditions,
            Integer unstampedPods,
            List<String> voidedBy,
            List<String> notJudged) {}

    record OneCondition(String type, ConditionStatus status, String reason, String message) {}

    static Platform of(ViewedCluster cluster) {
        return new Platform(
                cluster.view().snapshot().declarations().guardrails().values().stream()
                        .map(guardrail -> guardrail(cluster, guardrail))
                        .toList(),
                wellKnown(cluster.view().segmentStatuses().values()),
                cluster.view().segmentStatuses().entrySet().stream()
                        .map(segment -> segment(segment.getKey(), segment.getValue()))
                        .toList());
    }

    private static OneGuardrail guardrail(ViewedCluster cluster, DeclaredGuardrail guardrail) {
        return new OneGuardrail(
                guardrail.name(),
                guardrail.description(),
                Stream.concat(
                                guardrail.denials().stream().map(denied -> "No connection " + connections(denied)),
                                guardrail.demands().stream().map(Platform::demand))
                        .toList(),
                forbidden(cluster, guardrail.name()));
    }

    private static String connections(DeclaredGuardrail.Connections connections) {
        return "from " + ends(connections.from()) + " to " + ends(connections.to())
                + (connections.ports().isEmpty() ? "" : " on " + connections.ports());
    }

    private static String demand(DeclaredGuardrail.Demand demand) {
        List<String> demands = new ArrayList<>();
        if (demand.reason()) {
            demands.add("a reason");
        }
        if (demand.verified()) {
            demands.add("workloads that the API server vouches for");
        }
        demand.addresses().ifPresent(most -> demands.add("at most " + most + (most == 1 ? " address" : " addresses")));
        demand.namespaces()
                .ifPresent(most -> demands.add("at most " + most + (most == 1 ? " namespace" : " namespaces")));
        return "Connections " + connections(demand.of()) + " need " + String.join(", ", demands);
    }

    private static String ends(DeclaredGuardrail.Ends ends) {
        if (ends.isAnything()) {
            return "anything";
        }
        return Stream.of(
                        named("segment", ends.segments()),
                        named("namespace", ends.namespaces()),
                        ends.networks().stream().map(Cidr::toString),
                        ends.wellKnown().stream().map(name -> name.label()))
                .flatMap(all -> all)
                .collect(Collectors.joining(" or "));
    }

    private static Stream<String> named(String kind, Collection<String> names) {
        return names.stream().map(name -> kind + " " + name);
    }

    /** By what statuses say of rules. */
    private static List<String> forbidden(ViewedCluster cluster, String guardrail) {
        List<String> forbidden = new ArrayList<>();
        cluster.view()
                .intentStatuses()
                .forEach((namespace, intents) -> intents.forEach((name, status) -> status.rules().stream()
                        .filter(rule -> rule.state() == RuleState.FORBIDDEN
                                && rule.message() != null
                                && rule.message().contains("guardrail " + guardrail + " "))
                        .forEach(rule -> forbidden.add(namespace + "/" + name + " " + rule.rule()))));
        return forbidden;
    }

    /** They are the same on every segment. */
    private static List<OneWellKnown> wellKnown(Collection<SegmentStatus> segments) {
        Map<WellKnownPeer, OneWellKnown> found = new EnumMap<>(WellKnownPeer.class);
        for (SegmentStatus segment : segments) {
            for (WellKnownFound peer : segment.wellKnown()) {
                found.put(peer.name(), new OneWellKnown(peer.name(), peer.source(), peer.meaning()));
            }
        }
        return List.copyOf(found.values());
    }

    private static OneSegment segment(String name, SegmentStatus status) {
        return new OneSegment(
                name,
                status.conditions().stream().map(Platform::condition).toList(),
                status.unstampedPods(),
                status.voidedBy().stream()
                        .map(policy -> policy.policy() + ": " + policy.opens())
                        .toList(),
                status.notJudged());
    }

    private static OneCondition condition(Condition condition) {
        return new OneCondition(condition.type(), condition.status(), condition.reason(), condition.message());
    }
}
