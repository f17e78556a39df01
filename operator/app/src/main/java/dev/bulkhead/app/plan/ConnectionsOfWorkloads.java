package dev.bulkhead.app.plan;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import dev.bulkhead.app.wording.EndInWords;
import dev.bulkhead.app.wording.PortsInWords;
import java.util.List;
import java.util.stream.Collectors;

/** The connections of each workload, seen from it, to be named where they are few. */
final class ConnectionsOfWorkloads {

    /** By either end; no more of each than are named. */
    private final ListMultimap<String, PlanView.Edge> byEnd = ArrayListMultimap.create();

    ConnectionsOfWorkloads(List<PlanView.Edge> edges) {
        for (PlanView.Edge edge : edges) {
            for (String end : List.of(edge.src(), edge.dst())) {
                if (byEnd.get(end).size() < KeptConnections.NAMED) {
                    byEnd.put(end, edge);
                }
            }
        }
    }

    /** In parentheses, with a space before; nothing where there are more of them than are named. */
    String named(String workload, int count) {
        return count > KeptConnections.NAMED ? "" : listed(workload, byEnd.get(workload));
    }

    static String listed(String workload, List<PlanView.Edge> edges) {
        return edges.isEmpty()
                ? ""
                : edges.stream().map(edge -> seenFrom(workload, edge)).collect(Collectors.joining("; ", " (", ")"));
    }

    private static String seenFrom(String workload, PlanView.Edge edge) {
        String other =
                edge.src().equals(workload) ? "to " + EndInWords.of(edge.dst()) : "from " + EndInWords.of(edge.src());
        return other + ": " + PortsInWords.of(edge.conn());
    }
}
