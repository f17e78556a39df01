package dev.bulkhead.cluster.decode;

import dev.bulkhead.api.v1alpha1.Acknowledgement;
import dev.bulkhead.api.v1alpha1.GuardrailDenial;
import dev.bulkhead.api.v1alpha1.GuardrailEnds;
import dev.bulkhead.api.v1alpha1.WellKnownPeer;
import dev.bulkhead.core.compile.SegmentAssigner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a denial does that is seldom meant and that it does not say itself. */
final class Unacknowledged {

    private static final Set<Integer> DNS_PORTS = Set.of(53);
    /** Where API servers usually listen; which ones this cluster has is not known to who writes the Guardrail. */
    private static final Set<Integer> API_SERVER_PORTS = Set.of(443, 6443);

    private Unacknowledged() {}

    static List<ObjectProblem> problems(GuardrailDenial denial, String field) {
        List<ObjectProblem> problems = new ArrayList<>();
        if (denial.from() == null && denial.to() == null && denial.ports().isEmpty()) {
            demand(
                    denial,
                    Acknowledgement.EVERYTHING,
                    problems,
                    field,
                    "this denies everything: say from, to or ports, or confirm it with acknowledge: [DNS, KubeAPIServer,"
                            + " Everything]");
        }
        if (isOfWorkloads(denial.from()) && isToDns(denial.to()) && isOn(denial, DNS_PORTS)) {
            demand(
                    denial,
                    Acknowledgement.DNS,
                    problems,
                    field,
                    "this denies workloads the cluster's DNS, without which hardly any works: narrow it with to or ports,"
                            + " or confirm it with acknowledge: [DNS]");
        }
        if (isOfWorkloads(denial.from()) && isToApiServer(denial.to()) && isOn(denial, API_SERVER_PORTS)) {
            demand(
                    denial,
                    Acknowledgement.KUBE_API_SERVER,
                    problems,
                    field,
                    "this denies workloads the API server, which controllers and operators need: narrow it with to or"
                            + " ports, or confirm it with acknowledge: [KubeAPIServer]");
        }
        return problems;
    }

    private static void demand(
            GuardrailDenial denial,
            Acknowledgement acknowledgement,
            List<ObjectProblem> problems,
            String field,
            String message) {
        if (!denial.acknowledge().contains(acknowledgement)) {
            problems.add(new ObjectProblem(field, message));
        }
    }

    private static boolean isOfWorkloads(GuardrailEnds from) {
        return from == null || !from.segments().isEmpty() || !from.namespaces().isEmpty();
    }

    private static boolean isToDns(GuardrailEnds to) {
        return to == null
                || to.wellKnown().contains(WellKnownPeer.KUBE_DNS)
                || to.namespaces().stream().anyMatch(glob -> SegmentAssigner.matches(glob, "kube-system"));
    }

    private static boolean isToApiServer(GuardrailEnds to) {
        return to == null
                || to.wellKnown().contains(WellKnownPeer.KUBE_API_SERVER)
                || to.networks().stream().anyMatch(range -> range.endsWith("/0"));
    }

    private static boolean isOn(GuardrailDenial denial, Set<Integer> ports) {
        return denial.ports().isEmpty()
                || denial.ports().stream()
                        .anyMatch(range -> ports.stream()
                                .anyMatch(port -> range.port() <= port
                                        && port <= (range.endPort() == null ? range.port() : range.endPort())));
    }
}
