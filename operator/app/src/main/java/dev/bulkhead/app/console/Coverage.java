package dev.bulkhead.app.console;

import dev.bulkhead.app.console.Overview.OneNamespace;
import java.util.List;

/**
 * How much of what a segment could enforce is enforced: the namespaces that have workloads, without those that no segment can
 * enrol.
 *
 * @param enforced namespaces in which a direction is enforced, or both
 * @param inbound workloads in namespaces that enforce ingress; likewise {@code outbound} and egress
 */
record Coverage(int namespaces, int enforced, int workloads, int inbound, int outbound) {

    static Coverage of(List<OneNamespace> enrollable) {
        List<OneNamespace> inhabited = enrollable.stream()
                .filter(namespace -> namespace.workloads() > 0)
                .toList();
        return new Coverage(
                inhabited.size(),
                (int) inhabited.stream()
                        .filter(namespace -> !namespace.enforced().isEmpty())
                        .count(),
                workloads(inhabited),
                workloads(enforcing("Ingress", inhabited)),
                workloads(enforcing("Egress", inhabited)));
    }

    private static List<OneNamespace> enforcing(String direction, List<OneNamespace> namespaces) {
        return namespaces.stream()
                .filter(namespace -> namespace.enforced().contains(direction))
                .toList();
    }

    private static int workloads(List<OneNamespace> namespaces) {
        return namespaces.stream().mapToInt(OneNamespace::workloads).sum();
    }
}
