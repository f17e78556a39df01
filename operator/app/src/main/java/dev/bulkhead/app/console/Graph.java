package dev.bulkhead.app.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * Who may connect to whom.
 *
 * @param note why nodes are coarser than was asked for; empty where they are not
 */
record Graph(
        By by, @JsonInclude(JsonInclude.Include.NON_EMPTY) String note, List<Node> nodes, List<Edge> edges) {

    /** What a node stands for. */
    enum By {
        SEGMENT("segment"),
        NAMESPACE("namespace"),
        WORKLOAD("workload");

        private final String word;

        By(String word) {
            this.word = word;
        }

        @JsonValue
        String word() {
            return word;
        }
    }

    /** In the order of how much somebody should look at them. */
    enum Kind {
        UNDECLARED("Undeclared"),
        DECLARED_BY_ONE_END("DeclaredByOneEnd"),
        WAITING("Waiting"),
        DECLARED("Declared");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        @JsonValue
        String word() {
            return word;
        }
    }

    /**
     * @param type Segment, Namespace, Workload, Outside or Declared
     * @param unstamped of a workload: how many of its pods have no stamped service account
     * @param hostNetwork of a workload: whether no policy holds one of its pods
     * @param voided of a workload: whether a policy by somebody else opens more than is declared
     * @param dns of a workload: whether it serves the cluster's names
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Node(
            String id,
            String type,
            String label,
            String namespace,
            String segment,
            List<String> enforced,
            int pods,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int unstamped,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean hostNetwork,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean voided,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean dns) {

        /** Not of a workload. */
        static Node of(String id, String type, String label, String namespace, String segment, List<String> enforced) {
            return new Node(id, type, label, namespace, segment, enforced, 0, 0, false, false, false);
        }
    }

    /**
     * @param connections between how many pairs of workloads, or with outside: of how many workloads
     * @param example with outside: something to ask about; else null
     */
    record Edge(
            String from,
            String to,
            Kind kind,
            String ports,
            int connections,
            List<String> intents,
            @JsonInclude(JsonInclude.Include.NON_NULL) Example example) {}
}
