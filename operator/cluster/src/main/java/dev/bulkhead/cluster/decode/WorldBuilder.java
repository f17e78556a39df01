package dev.bulkhead.cluster.decode;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import dev.bulkhead.api.v1alpha1.AccessIntent;
import dev.bulkhead.api.v1alpha1.Guardrail;
import dev.bulkhead.api.v1alpha1.Segment;
import dev.bulkhead.api.v1alpha1.WellKnownPeers;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.Workload;
import dev.bulkhead.core.world.World;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts a world and the declarations in it together from objects, in whatever order they come. A namespace of which only
 * the contents are given is made up.
 */
public final class WorldBuilder {

    private final PodReader pods;
    private final WorkloadReader workloads;
    private final ServiceReader services = new ServiceReader();
    private final NamespaceReader namespaces = new NamespaceReader();
    private final NodeReader nodes = new NodeReader();
    private final ApiServerReader apiServers = new ApiServerReader();
    private final IngressClassReader ingressClasses = new IngressClassReader();
    private final IntentReader intents = new IntentReader();
    private final SegmentReader segments = new SegmentReader();
    private final GuardrailReader guardrails = new GuardrailReader();
    private final WellKnownPeersReader wellKnownPeers = new WellKnownPeersReader();

    private final IdentityMode identity;
    private final SortedMap<String, Contents> contents = new TreeMap<>();
    private final Map<String, Namespace> given = new HashMap<>();
    private final Set<IdentityPolicies.Name> identityPolicies = new HashSet<>();
    private final ClusterFactsBuilder facts = new ClusterFactsBuilder();
    private final List<dev.bulkhead.core.intent.DeclaredIntent> declaredIntents = new ArrayList<>();
    private final List<dev.bulkhead.core.intent.DeclaredSegment> declaredSegments = new ArrayList<>();
    private final List<dev.bulkhead.core.intent.DeclaredGuardrail> declaredGuardrails = new ArrayList<>();
    private WellKnownPlaces wellKnown = WellKnownPlaces.nothing();

    private static final class Contents {
        private final Map<String, Service> services = new HashMap<>();
        private final Map<Workload.Key, Workload> workloads = new HashMap<>();
        private final Set<PodClass> pods = new LinkedHashSet<>();
        private final SortedSet<IpAddress> addresses = new TreeSet<>();
    }

    /** @param networks of the cluster, besides those that its nodes tell */
    public WorldBuilder(PodReader pods, IdentityMode identity, Collection<Cidr> networks) {
        this.pods = pods;
        this.workloads = new WorkloadReader(pods);
        this.identity = identity;
        facts.networks(networks);
    }

    /**
     * Objects of kinds that say nothing about connections are passed over.
     *
     * @throws InvalidDeclarationException for one of our kinds that means nothing
     * @throws UnreadableObjectException for another one that means nothing
     */
    public void add(HasMetadata object) {
        if (object instanceof AccessIntent intent) {
            if (!intent.isMarkedForDeletion()) {
                declaredIntents.add(intents.read(intent));
            }
            in(object);
        } else if (object instanceof Guardrail guardrail) {
            declaredGuardrails.add(guardrails.read(guardrail));
        } else if (object instanceof WellKnownPeers peers) {
            wellKnown = wellKnownPeers.read(peers);
        } else if (object instanceof Segment segment) {
            declaredSegments.add(segments.read(segment));
        } else if (object instanceof io.fabric8.kubernetes.api.model.Namespace namespace) {
            given.put(namespace.getMetadata().getName(), namespaces.read(namespace));
        } else if (object instanceof Deployment deployment) {
            add(object, workloads.read(deployment));
        } else if (object instanceof StatefulSet statefulSet) {
            add(object, workloads.read(statefulSet));
        } else if (object instanceof DaemonSet daemonSet) {
            add(object, workloads.read(daemonSet));
        } else if (object instanceof Pod pod) {
            ImmutableSortedSet<IpAddress> addresses = AddressReader.addresses(pod);
            pods.read(pod).ifPresent(read -> {
                in(object).pods.add(read);
                if (!read.hostNetwork()) {
                    in(object).addresses.addAll(addresses);
                }
            });
        } else if (object instanceof io.fabric8.kubernetes.api.model.Service service) {
            Service read = services.read(service);
            in(object).services.put(read.name(), read);
            in(object).addresses.addAll(read.addresses());
        } else if (object instanceof Node node) {
            facts.node(nodes.read(node));
        } else if (object instanceof EndpointSlice slice && apiServers.isOfApiServer(slice)) {
            facts.apiServers(apiServers.read(slice));
        } else if (object instanceof IngressClass ingressClass) {
            ingressClasses.controller(ingressClass).ifPresent(facts::ingressController);
        } else if (TemplateReader.makesPods(object)) {
            in(object);
        } else {
            IdentityPolicies.nameOf(object).ifPresent(identityPolicies::add);
        }
    }

    private void add(HasMetadata object, Workload workload) {
        in(object).workloads.put(workload.key(), workload);
    }

    private Contents in(HasMetadata object) {
        return contents.computeIfAbsent(object.getMetadata().getNamespace(), name -> new Contents());
    }

    public World world() {
        SortedMap<String, Namespace> all = new TreeMap<>(given);
        contents.forEach((name, things) ->
                all.put(name, filled(all.getOrDefault(name, Namespace.empty(name)), things)));
        return new World(
                ImmutableSortedMap.copyOf(all),
                facts.build(isIdentityInForce()),
                ImmutableSortedMap.copyOf(
                        Maps.transformValues(contents, things -> ImmutableList.copyOf(things.addresses))));
    }

    private Namespace filled(Namespace namespace, Contents things) {
        return new Namespace(
                namespace.name(),
                namespace.labels(),
                namespace.terminating(),
                ImmutableMap.copyOf(things.services),
                ImmutableMap.copyOf(things.workloads),
                things.pods.stream()
                        .map(pod -> identity == IdentityMode.VERIFIED ? Identity.stamped(pod) : pod)
                        .collect(ImmutableSet.toImmutableSet()));
    }

    private boolean isIdentityInForce() {
        return switch (identity) {
            case VERIFIED -> true;
            case NONE -> false;
            case AUTO -> IdentityPolicies.areInForce(identityPolicies);
        };
    }

    /** @param excluded namespaces that no segment can enrol */
    public Declarations declarations(Collection<String> excluded) {
        return Declarations.of(declaredIntents, declaredSegments, declaredGuardrails, wellKnown, excluded);
    }
}
