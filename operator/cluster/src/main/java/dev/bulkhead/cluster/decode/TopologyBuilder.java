package dev.bulkhead.cluster.decode;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import dev.bulkhead.core.reach.Topology;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.WorkloadName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts together who there is to connect, from objects in whatever order they come. Workloads without pods get some that
 * stand for them; finished pods belong to nobody.
 */
public final class TopologyBuilder {

    private final PodReader podReader;
    private final NamespaceReader namespaceReader = new NamespaceReader();
    private final ServiceReader serviceReader = new ServiceReader();
    private final boolean stamped;
    private final Interner<PodClass> classes = Interners.newStrongInterner();

    private final Map<String, Namespace> namespaces = new HashMap<>();
    private final List<LivePod> pods = new ArrayList<>();
    private final Map<WorkloadName, PodClass> templates = new LinkedHashMap<>();
    private final Owners owners = new Owners();
    private final Map<String, Map<String, Service>> services = new HashMap<>();
    private final List<IngressReader.Backend> backends = new ArrayList<>();

    private record LivePod(Pod object, PodClass traits, ImmutableSortedSet<IpAddress> addresses) {}

    /** @param stamped whether every pod carries the stamp of its service account once the API server has it */
    public TopologyBuilder(PodReader podReader, boolean stamped) {
        this.podReader = podReader;
        this.stamped = stamped;
    }

    /**
     * Objects of kinds that say nothing about who there is are passed over.
     *
     * @throws UnreadableObjectException for one that means nothing
     */
    public void add(HasMetadata object) {
        if (object instanceof io.fabric8.kubernetes.api.model.Namespace namespace) {
            namespaces.put(namespace.getMetadata().getName(), namespaceReader.read(namespace));
        } else if (object instanceof Pod pod) {
            ImmutableSortedSet<IpAddress> addresses = AddressReader.addresses(pod);
            podReader.read(pod).ifPresent(traits -> pods.add(new LivePod(pod, stamp(traits), addresses)));
        } else if (TemplateReader.makesPods(object)) {
            templates.put(Owners.nameOf(object), stamp(podReader.read(TemplateReader.template(object))));
            owners.add(object);
        } else if (object instanceof io.fabric8.kubernetes.api.model.Service service) {
            services.computeIfAbsent(service.getMetadata().getNamespace(), name -> new HashMap<>())
                    .put(service.getMetadata().getName(), serviceReader.read(service));
        } else if (object instanceof Ingress ingress) {
            backends.addAll(IngressReader.read(ingress));
        }
    }

    private PodClass stamp(PodClass traits) {
        return stamped ? classes.intern(Identity.stamped(traits)) : traits;
    }

    public Topology topology() {
        List<dev.bulkhead.core.world.Pod> all = new ArrayList<>();
        Set<WorkloadName> alive = new HashSet<>();
        for (LivePod pod : pods) {
            WorkloadName workload = owners.ofPod(pod.object.getMetadata());
            alive.add(workload);
            all.add(new dev.bulkhead.core.world.Pod(
                    pod.object.getMetadata().getNamespace(),
                    pod.object.getMetadata().getName(),
                    workload,
                    pod.traits,
                    pod.addresses));
        }
        templates.forEach((workload, template) -> {
            if (!alive.contains(workload) && !owners.isOwned(workload)) {
                all.addAll(Representatives.of(workload, template));
            }
        });
        return Topology.of(namespaces, all, published(all));
    }

    private Map<WorkloadName, PortSet> published(List<dev.bulkhead.core.world.Pod> all) {
        Map<WorkloadName, PortSet> published = new TreeMap<>();
        for (IngressReader.Backend backend : backends) {
            Optional.ofNullable(
                            services.getOrDefault(backend.namespace(), Map.of()).get(backend.service()))
                    .filter(Service::selectsPods)
                    .ifPresent(service -> all.stream()
                            .filter(pod -> pod.namespace().equals(backend.namespace())
                                    && service.selector().matches(pod.traits().labels()))
                            .forEach(pod -> published.merge(
                                    pod.workload(), ports(service, backend.port(), pod.traits()), PortSet::union)));
        }
        return published;
    }

    private static PortSet ports(Service service, String port, PodClass pod) {
        PortSet ports = PortSet.none();
        for (Service.Port candidate : service.ports()) {
            if (port.equals(candidate.name()) || port.equals(Integer.toString(candidate.number()))) {
                ports = ports.union(candidate.target().on(pod.ports()));
            }
        }
        return ports;
    }
}
