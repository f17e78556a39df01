package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableMap;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.reach.MemoryLimit;
import dev.bulkhead.core.reach.Party;
import dev.bulkhead.core.world.WorkloadName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The ends of edges, each made when it is first met. */
final class GraphNodes {

    /** Bytes that one takes, with its names. */
    private static final int NODE = 450;

    /** Bytes that it takes to know the node of a workload. */
    private static final int WORKLOAD = 50;

    /** Whoever connects from outside, and whatever is connected to there: two nodes, on either side of a picture. */
    private static final String FROM_OUTSIDE = "outside:in";

    private static final String TO_OUTSIDE = "outside:out";

    private final Graph.By by;
    private final Enrolment enrolment;
    private final ImmutableMap<WorkloadName, PodFacts> pods;
    private final MemoryLimit memory;
    private final Map<String, Graph.Node> nodes = new HashMap<>();
    /** Of each workload that was met, the node that it is part of. */
    private final Map<WorkloadName, String> known = new HashMap<>();

    /**
     * @param pods of the workloads that have any
     * @param memory for all nodes
     */
    GraphNodes(Graph.By by, Enrolment enrolment, ImmutableMap<WorkloadName, PodFacts> pods, MemoryLimit memory) {
        this.by = by;
        this.enrolment = enrolment;
        this.pods = pods;
        this.memory = memory;
    }

    Graph.By by() {
        return by;
    }

    List<Graph.Node> all() {
        return new TreeSet<>(nodes.keySet()).stream().map(nodes::get).toList();
    }

    String source(Party party) {
        return party.workload().map(this::of).orElseGet(() -> outside(FROM_OUTSIDE, "from outside the cluster"));
    }

    String destination(Party party) {
        return party.workload().map(this::of).orElseGet(() -> outside(TO_OUTSIDE, "to outside the cluster"));
    }

    private String outside(String id, String label) {
        return add(Graph.Node.of(id, "Outside", label, "", "", List.of()));
    }

    String declared(String name) {
        return add(Graph.Node.of("declared:" + name, "Declared", name, "", "", List.of()));
    }

    String of(WorkloadName workload) {
        String node = known.get(workload);
        if (node == null) {
            memory.keep(WORKLOAD);
            node = add(node(workload));
            known.put(workload, node);
        }
        return node;
    }

    private Graph.Node node(WorkloadName workload) {
        String namespace = workload.namespace();
        String segment = enrolment.segment(namespace).map(DeclaredSegment::name).orElse("");
        List<String> enforced = Overview.directions(enrolment, namespace);
        if (by == Graph.By.WORKLOAD) {
            PodFacts facts = pods.getOrDefault(workload, PodFacts.none());
            return new Graph.Node(
                    Workloads.id(workload),
                    "Workload",
                    workload.name(),
                    namespace,
                    segment,
                    enforced,
                    facts.pods(),
                    facts.unstamped(),
                    facts.hostNetwork(),
                    facts.voided(),
                    facts.dns());
        }
        if (by == Graph.By.SEGMENT && !segment.isEmpty()) {
            return Graph.Node.of("segment:" + segment, "Segment", segment, "", segment, enforced);
        }
        return Graph.Node.of("namespace:" + namespace, "Namespace", namespace, namespace, segment, enforced);
    }

    /** @return its identity, the same text each time */
    private String add(Graph.Node node) {
        Graph.Node there = nodes.get(node.id());
        if (there != null) {
            return there.id();
        }
        memory.keep(NODE + 4L * (node.id().length() + node.label().length()));
        nodes.put(node.id(), node);
        return node.id();
    }
}
