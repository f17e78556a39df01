package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.RuleState;
import dev.bulkhead.core.compile.DeclaredRules;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.reach.AbandonedException;
import dev.bulkhead.core.reach.Topology;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.WorkloadName;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Draws what one end has declared and waits for its other end. */
final class WaitingRules {

    private final ViewedCluster cluster;
    private final Topology topology;
    private final Predicate<WorkloadName> wanted;
    private final GraphNodes nodes;
    private final GraphEdges edges;

    /** @param wanted of which one is an end of each edge */
    WaitingRules(ViewedCluster cluster, Predicate<WorkloadName> wanted, GraphNodes nodes, GraphEdges edges) {
        this.cluster = cluster;
        this.topology = cluster.snapshot().topology();
        this.wanted = wanted;
        this.nodes = nodes;
        this.edges = edges;
    }

    void draw() {
        DeclaredRules rules = new DeclaredRules(
                cluster.snapshot().world(),
                cluster.snapshot().declarations(),
                cluster.snapshot().enrolment());
        cluster.namespaces().forEach(namespace -> {
            Map<String, AccessIntentStatus> statuses =
                    cluster.view().intentStatuses().getOrDefault(namespace.name(), ImmutableSortedMap.of());
            if (statuses.values().stream().anyMatch(WaitingRules::waits)) {
                rules.in(namespace.name()).stream()
                        .filter(rule -> waits(
                                statuses.get(rule.intent().name()), rule.rule().place()))
                        .forEach(this::draw);
            }
        });
    }

    private static boolean waits(AccessIntentStatus status) {
        return status.rules().stream().anyMatch(rule -> rule.state() == RuleState.AWAITING_PEER);
    }

    private static boolean waits(AccessIntentStatus status, String place) {
        return status != null
                && status.rules().stream()
                        .anyMatch(rule -> rule.rule().equals(place) && rule.state() == RuleState.AWAITING_PEER);
    }

    private void draw(DeclaredRules.Declared rule) {
        List<WorkloadName> subjects =
                workloads(pod -> pod.namespace().equals(rule.intent().namespace())
                        && rule.subject().matches(pod.traits().labels()));
        List<WorkloadName> peers = namesOne(rule.rule().peer())
                ? rule.peer()
                        .map(pods -> workloads(pod -> pods.contain(pod.namespace(), pod.traits())))
                        .orElse(List.of())
                : List.of();
        String ports = rule.rule().ports().isEmpty() ? "" : rule.rule().ports().toString();
        for (WorkloadName subject : subjects) {
            AbandonedException.check();
            if (peers.isEmpty() && wanted.test(subject)) {
                String named = nodes.declared(rule.rule().peer().toString());
                connect(rule, nodes.of(subject), named, ports);
            }
            for (WorkloadName peer : peers) {
                if (wanted.test(subject) || wanted.test(peer)) {
                    connect(rule, nodes.of(subject), nodes.of(peer), ports);
                }
            }
        }
    }

    /** Others may mean any number of workloads. */
    private static boolean namesOne(Peer peer) {
        return peer.isService() || peer.asWorkload().isPresent();
    }

    private void connect(DeclaredRules.Declared rule, String subject, String peer, String ports) {
        boolean outbound = rule.rule().direction() == Direction.EGRESS;
        edges.add(
                outbound ? subject : peer,
                outbound ? peer : subject,
                Graph.Kind.WAITING,
                ports,
                List.of(rule.intent().toString()));
    }

    private List<WorkloadName> workloads(Predicate<Pod> pods) {
        AbandonedException.check();
        return topology.workloads().entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(pods))
                .map(Map.Entry::getKey)
                .toList();
    }
}
