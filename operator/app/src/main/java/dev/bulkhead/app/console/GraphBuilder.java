package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.RuleState;
import dev.bulkhead.app.plan.Judge;
import dev.bulkhead.core.compile.DeclaredRules;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Segment;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Difference;
import dev.bulkhead.core.reach.Party;
import dev.bulkhead.core.reach.Reachability;
import dev.bulkhead.core.reach.Reading;
import dev.bulkhead.core.reach.Topology;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.WorkloadName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Draws who may connect to whom, and sets apart what waits for its other end and what nobody has declared. */
final class GraphBuilder {

    /** Beyond that a picture of workloads shows nothing, and takes long to draw. */
    private static final int MOST_EDGES = 10_000;

    private static final String OUTSIDE = "outside";

    private record Pair(String source, String destination) {}

    private final ViewedCluster cluster;
    private final Topology topology;
    private final Enrolment enrolment;
    private final Predicate<WorkloadName> wanted;
    private final Difference.Side expected;
    private final Judge judge;
    private final ImmutableMultiset<WorkloadName> pods;
    private final Reachability declared;
    private final Map<Pair, PortSet> undeclaredOutside = new HashMap<>();

    /** @param namespaces of which at least one end must be; empty for all that may be seen */
    GraphBuilder(ViewedCluster cluster, Set<String> namespaces) {
        this.cluster = cluster;
        this.topology = cluster.snapshot().topology();
        this.enrolment = cluster.snapshot().enrolment();
        this.wanted = workload -> namespaces.isEmpty() || namespaces.contains(workload.namespace());
        this.expected = new Difference.Side(topology, cluster.expected());
        this.pods = cluster.namespaces().stream()
                .flatMap(namespace -> cluster.view().pods().get(namespace.name()).stream())
                .map(Pod::workload)
                .collect(ImmutableMultiset.toImmutableMultiset());
        this.judge = new Judge(expected, Reading.upstream());
        this.declared = Reachability.of(topology, expected.policies(), Reading.upstream());
    }

    /** Coarser than asked for where there are too many edges. */
    Graph build(Graph.By by) {
        cluster.namespaces().forEach(namespace -> compareOutside(namespace.name()));
        Nodes nodes = new Nodes(by);
        Edges edges = edges(nodes);
        if (by != Graph.By.WORKLOAD || edges.size() <= MOST_EDGES) {
            return new Graph(by, "", nodes.all(), edges.all());
        }
        Nodes coarser = new Nodes(Graph.By.NAMESPACE);
        Edges fewer = edges(coarser);
        return new Graph(
                Graph.By.NAMESPACE,
                "More than " + MOST_EDGES + " edges between workloads; choose fewer namespaces to see them.",
                coarser.all(),
                fewer.all());
    }

    /**
     * Of one namespace, whose policies alone have a say in it: a difference is kept as a whole, and that of all workloads
     * with all others may take more memory than there is.
     */
    private void compareOutside(String namespace) {
        List<Pod> members =
                topology.pods().filter(pod -> pod.namespace().equals(namespace)).toList();
        Topology alone = Topology.of(topology.namespaces(), members, ImmutableMap.of());
        Difference.between(
                        new Difference.Side(alone, in(namespace, expected.policies())),
                        new Difference.Side(alone, in(namespace, cluster.policies())),
                        Reading.upstream())
                .changes()
                .stream()
                .filter(change -> isOutside(change.source()) || isOutside(change.destination()))
                .forEach(change -> undeclaredOutside.merge(
                        new Pair(end(change.source()), end(change.destination())), change.gained(), PortSet::union));
    }

    private static List<NetworkPolicy> in(String namespace, Collection<NetworkPolicy> policies) {
        return policies.stream()
                .filter(policy -> policy.key().namespace().equals(namespace))
                .toList();
    }

    private static boolean isOutside(Party party) {
        return party.workload().isEmpty();
    }

    private PortSet undeclared(Party source, Party destination, PortSet ports) {
        return source.workload()
                .flatMap(from -> destination.workload().map(to -> ports.difference(declared.between(from, to))))
                .orElseGet(
                        () -> undeclaredOutside.getOrDefault(new Pair(end(source), end(destination)), PortSet.none()));
    }

    /** How the difference knows it; addresses outside are one. */
    private static String end(Party party) {
        return party.workload().map(WorkloadName::toString).orElse(OUTSIDE);
    }

    private Edges edges(Nodes nodes) {
        Edges edges = new Edges();
        topology.workloads().keySet().stream().filter(wanted).forEach(nodes::of);
        cluster.reachable(reachability -> {
            reachability.connections(Reachability.Ranges.MERGED, connection -> {
                boolean drawn = nodes.by != Graph.By.WORKLOAD || edges.size() <= MOST_EDGES;
                if (drawn && (isWanted(connection.source()) || isWanted(connection.destination()))) {
                    add(edges, nodes, connection.source(), connection.destination(), connection.ports());
                }
            });
            return edges;
        });
        addWaiting(edges, nodes);
        return edges;
    }

    private boolean isWanted(Party party) {
        return party.workload().filter(wanted).isPresent();
    }

    private void add(Edges edges, Nodes nodes, Party source, Party destination, PortSet ports) {
        String from = nodes.of(source);
        String to = nodes.of(destination);
        boolean within = from.equals(to);
        if (within && nodes.by != Graph.By.WORKLOAD) {
            return;
        }
        PortSet beyond = isEnrolled(source) || isEnrolled(destination) ? undeclared(source, destination, ports) : ports;
        edges.add(from, to, Graph.Kind.UNDECLARED, ports.intersection(beyond), List.of());
        PortSet meant = ports.difference(beyond);
        if (!meant.isEmpty()) {
            edges.add(from, to, Graph.Kind.DECLARED, meant, intents(nodes, source, destination, meant));
        }
    }

    private boolean isEnrolled(Party party) {
        return party.workload()
                .flatMap(workload -> enrolment.segment(workload.namespace()))
                .isPresent();
    }

    /** Between groups there are too many to be worked out, and to be read. */
    private Collection<String> intents(Nodes nodes, Party source, Party destination, PortSet ports) {
        return nodes.by == Graph.By.WORKLOAD ? judge.intents(source, destination, ports) : List.of();
    }

    private void addWaiting(Edges edges, Nodes nodes) {
        DeclaredRules rules =
                new DeclaredRules(cluster.snapshot().world(), cluster.snapshot().declarations(), enrolment);
        cluster.namespaces().forEach(namespace -> {
            Map<String, AccessIntentStatus> statuses =
                    cluster.view().intentStatuses().getOrDefault(namespace.name(), ImmutableSortedMap.of());
            if (statuses.values().stream().anyMatch(GraphBuilder::waits)) {
                rules.in(namespace.name()).stream()
                        .filter(rule -> waits(
                                statuses.get(rule.intent().name()), rule.rule().place()))
                        .forEach(rule -> addWaiting(edges, nodes, rule));
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

    private void addWaiting(Edges edges, Nodes nodes, DeclaredRules.Declared rule) {
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
            if (peers.isEmpty()) {
                if (wanted.test(subject)) {
                    String named = nodes.declared(rule.rule().peer().toString());
                    connect(edges, rule, nodes.of(subject), named, ports);
                }
            }
            for (WorkloadName peer : peers) {
                if (wanted.test(subject) || wanted.test(peer)) {
                    connect(edges, rule, nodes.of(subject), nodes.of(peer), ports);
                }
            }
        }
    }

    /** Others may mean any number of workloads. */
    private static boolean namesOne(Peer peer) {
        return peer.isService() || peer.asWorkload().isPresent();
    }

    private static void connect(Edges edges, DeclaredRules.Declared rule, String subject, String peer, String ports) {
        boolean outbound = rule.rule().direction() == Direction.EGRESS;
        edges.add(
                outbound ? subject : peer,
                outbound ? peer : subject,
                Graph.Kind.WAITING,
                ports,
                List.of(rule.intent().toString()));
    }

    private List<WorkloadName> workloads(Predicate<Pod> pods) {
        return topology.workloads().entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(pods))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The ends of edges, each made when it is first met. */
    private final class Nodes {

        private final Graph.By by;
        private final Map<String, Graph.Node> nodes = new HashMap<>();

        Nodes(Graph.By by) {
            this.by = by;
        }

        List<Graph.Node> all() {
            return new TreeSet<>(nodes.keySet()).stream().map(nodes::get).toList();
        }

        String of(Party party) {
            return party.workload()
                    .map(this::of)
                    .orElseGet(
                            () -> add(new Graph.Node(OUTSIDE, "Outside", "outside the cluster", "", "", List.of(), 0)));
        }

        String declared(String name) {
            return add(new Graph.Node("declared:" + name, "Declared", name, "", "", List.of(), 0));
        }

        String of(WorkloadName workload) {
            String namespace = workload.namespace();
            String segment = enrolment.segment(namespace).map(Segment::name).orElse("");
            List<String> enforced = Overview.directions(enrolment, namespace);
            if (by == Graph.By.WORKLOAD) {
                return add(new Graph.Node(
                        Workloads.id(workload),
                        "Workload",
                        workload.name(),
                        namespace,
                        segment,
                        enforced,
                        pods.count(workload)));
            }
            if (by == Graph.By.SEGMENT && !segment.isEmpty()) {
                return add(new Graph.Node("segment:" + segment, "Segment", segment, "", segment, enforced, 0));
            }
            return add(
                    new Graph.Node("namespace:" + namespace, "Namespace", namespace, namespace, segment, enforced, 0));
        }

        private String add(Graph.Node node) {
            nodes.putIfAbsent(node.id(), node);
            return node.id();
        }
    }
}
