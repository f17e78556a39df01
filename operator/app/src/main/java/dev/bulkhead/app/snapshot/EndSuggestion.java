package dev.bulkhead.app.snapshot;

import dev.bulkhead.core.intent.Spelling;
import dev.bulkhead.core.reach.Topology;
import dev.bulkhead.core.world.WorkloadName;
import dev.bulkhead.core.world.World;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What may have been meant by an end that is not there: a workload rather than a Service, and a Service rather than a pod. */
final class EndSuggestion {

    private static final int LISTED = 8;

    private final Topology topology;
    private final World world;

    EndSuggestion(Topology topology, World world) {
        this.topology = topology;
        this.world = world;
    }

    /** As ends are written: {@code shop/Deployment/checkout}, {@code shop/pod} for a pod that nothing owns. */
    static String written(WorkloadName name) {
        String kind = name.kind().equals(WorkloadName.POD) ? "" : name.kind() + "/";
        return name.namespace() + "/" + kind + name.name();
    }

    String insteadOf(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3) {
            return usage();
        }
        String namespace = parts[0];
        Set<String> namespaces = topology.workloads().keySet().stream()
                .map(WorkloadName::namespace)
                .collect(Collectors.toSet());
        if (!namespaces.contains(namespace)) {
            String rest = text.substring(namespace.length());
            return Spelling.nearest(namespace, namespaces)
                    .map(near ->
                            "did you mean " + near + rest + "? There is no namespace " + namespace + " with workloads")
                    .orElseGet(() -> "there is no namespace " + namespace + " with workloads; " + usage());
        }
        return near(namespace, parts).map(near -> "did you mean " + near + "?").orElseGet(() -> listed(namespace));
    }

    private Optional<String> near(String namespace, String[] parts) {
        String name = parts[parts.length - 1];
        Optional<String> service =
                Spelling.nearest(name, services(namespace)).map(near -> namespace + "/Service/" + near);
        if (parts.length > 2 && Ends.isService(parts[1]) && service.isPresent()) {
            return service;
        }
        List<WorkloadName> workloads = in(namespace);
        Optional<String> workload = Spelling.nearest(
                        name, workloads.stream().map(WorkloadName::name).toList())
                .map(near -> workloads.stream()
                        .filter(one -> one.name().equals(near))
                        .map(EndSuggestion::written)
                        .collect(Collectors.joining(" or ")));
        return workload.or(() -> service)
                .or(() -> Spelling.nearest(
                                name,
                                topology.pods()
                                        .filter(pod -> pod.namespace().equals(namespace))
                                        .map(pod -> pod.name())
                                        .toList())
                        .map(near -> namespace + "/" + near));
    }

    private List<WorkloadName> in(String namespace) {
        return topology.workloads().keySet().stream()
                .filter(name -> name.namespace().equals(namespace))
                .toList();
    }

    private Collection<String> services(String namespace) {
        return world.namespace(namespace).stream()
                .flatMap(found -> found.services().keySet().stream())
                .toList();
    }

    private String listed(String namespace) {
        List<WorkloadName> workloads = in(namespace);
        return "in " + namespace + " there " + (workloads.size() == 1 ? "is " : "are ")
                + workloads.stream().limit(LISTED).map(EndSuggestion::written).collect(Collectors.joining(", "))
                + (workloads.size() > LISTED ? " and " + (workloads.size() - LISTED) + " more" : "");
    }

    private static String usage() {
        return "write ns/pod, ns/Kind/name, ns/Service/name or an IP address; 'bulkhead connectivity' lists what there is";
    }
}
