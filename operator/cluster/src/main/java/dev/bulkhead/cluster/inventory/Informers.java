package dev.bulkhead.cluster.inventory;

import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.cluster.read.ApiServerReader;
import dev.bulkhead.cluster.read.IdentityPolicies;
import dev.bulkhead.cluster.read.IngressClassReader;
import dev.bulkhead.cluster.read.LivePodReader;
import dev.bulkhead.cluster.read.NamespaceReader;
import dev.bulkhead.cluster.read.NodeReader;
import dev.bulkhead.cluster.read.PodReader;
import dev.bulkhead.cluster.read.ServiceReader;
import dev.bulkhead.cluster.read.WellKnownPeersReader;
import dev.bulkhead.cluster.read.WorkloadReader;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Workload;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is watched, and at whose door it becomes a record. */
final class Informers implements AutoCloseable {

    private static final String OUR_API = "bulkhead.dev/v1alpha1";

    private final KubernetesClient client;
    private final InventoryState state;
    private final FactsStore facts;
    private final Consumer<Touch> touched;
    private final InventoryListener listener;
    private final LogQuota quota;
    private final DeclarationDecoder decoder;
    private final LostGuardrails lost;
    private final PodReader podReader = new PodReader();
    private final LivePodReader livePodReader = new LivePodReader(podReader);
    private final WorkloadReader workloadReader = new WorkloadReader(podReader);
    private final ServiceReader serviceReader = new ServiceReader();
    private final List<Watched<?>> all = new ArrayList<>();
    /** The uid of each. */
    private final Map<String, String> namespaces = new ConcurrentHashMap<>();

    Informers(
            KubernetesClient client,
            InventoryState state,
            FactsStore facts,
            Consumer<Touch> touched,
            InventoryListener listener,
            LogQuota quota) {
        this.client = client;
        this.state = state;
        this.facts = facts;
        this.touched = touched;
        this.listener = listener;
        this.quota = quota;
        this.decoder = new DeclarationDecoder(client.getKubernetesSerialization(), quota);
        this.lost = new LostGuardrails(client, state, Clock.systemUTC(), touched);
    }

    /** @return what completes as the first lists do, one for each kind */
    List<CompletableFuture<Void>> start(Consumer<Throwable> stopped) {
        watchContents();
        watchWorkloads();
        watchDeclarations();
        watchWellKnownPeers();
        watchPolicies();
        watchFacts();
        return all.stream().map(watched -> watched.start(stopped)).toList();
    }

    /** When the definition of guardrails was made; absent if it is not there. */
    Optional<Instant> guardrailsDefinedSince() {
        return lost.definedSince();
    }

    List<String> interrupted() {
        return all.stream()
                .filter(watched -> !watched.isHealthy())
                .map(Watched::name)
                .toList();
    }

    @Override
    public void close() {
        all.forEach(Watched::close);
        lost.close();
    }

    private void watchContents() {
        NamespaceReader reader = new NamespaceReader();
        watch(
                "Namespace",
                client.namespaces(),
                Namespace::new,
                namespace -> namespaceSeen(namespace, reader),
                this::namespaceGone);
        watch(
                "Pod",
                client.pods().inAnyNamespace(),
                Pod::new,
                pod -> state.pod(namespace(pod), name(pod), livePodReader.read(pod)),
                pod -> state.pod(namespace(pod), name(pod), Optional.empty()));
        watch(
                "Service",
                client.services().inAnyNamespace(),
                Service::new,
                service -> state.service(namespace(service), name(service), Optional.of(serviceReader.read(service))),
                service -> state.service(namespace(service), name(service), Optional.empty()));
    }

    private Touch namespaceSeen(Namespace namespace, NamespaceReader reader) {
        String uid = namespace.getMetadata().getUid();
        if (!uid.equals(namespaces.getOrDefault(name(namespace), uid))) {
            // One went and another came while nobody watched.
            touched.accept(namespaceGone(namespace));
        }
        namespaces.put(name(namespace), uid);
        return state.namespace(name(namespace), Optional.of(reader.read(namespace)));
    }

    private Touch namespaceGone(Namespace namespace) {
        namespaces.remove(name(namespace));
        Touch touch = state.namespace(name(namespace), Optional.empty());
        listener.gone(name(namespace));
        return touch;
    }

    private void watchWorkloads() {
        watchWorkload(
                "Deployment", client.apps().deployments().inAnyNamespace(), Deployment::new, workloadReader::read);
        watchWorkload(
                "StatefulSet", client.apps().statefulSets().inAnyNamespace(), StatefulSet::new, workloadReader::read);
        watchWorkload("DaemonSet", client.apps().daemonSets().inAnyNamespace(), DaemonSet::new, workloadReader::read);
    }

    private <T extends HasMetadata> void watchWorkload(
            String kind, Informable<T> resources, Supplier<T> empty, Function<T, Workload> reader) {
        watch(
                kind,
                resources,
                empty,
                object -> state.workload(
                        namespace(object), new Workload.Key(kind, name(object)), Optional.of(reader.apply(object))),
                object -> state.workload(namespace(object), new Workload.Key(kind, name(object)), Optional.empty()));
    }

    private void watchDeclarations() {
        watch(
                "AccessIntent",
                client.genericKubernetesResources(OUR_API, "AccessIntent").inAnyNamespace(),
                GenericKubernetesResource::new,
                intent -> state.intent(intentKey(intent), decoder.intent(intent)),
                intent -> state.intentGone(intentKey(intent)));
        watch(
                "Segment",
                client.genericKubernetesResources(OUR_API, "Segment"),
                GenericKubernetesResource::new,
                segment -> state.segment(name(segment), decoder.segment(segment)),
                segment -> state.segmentGone(name(segment)));
        watch(
                "Guardrail",
                client.genericKubernetesResources(OUR_API, "Guardrail"),
                GenericKubernetesResource::new,
                this::guardrailSeen,
                guardrail -> lost.gone(name(guardrail)));
    }

    private Touch guardrailSeen(GenericKubernetesResource guardrail) {
        lost.seen(guardrail);
        return state.guardrail(name(guardrail), decoder.guardrail(guardrail));
    }

    private void watchWellKnownPeers() {
        watch(
                "WellKnownPeers",
                client.genericKubernetesResources(OUR_API, "WellKnownPeers"),
                GenericKubernetesResource::new,
                peers -> isTheOne(peers) ? state.wellKnown(decoder.wellKnownPeers(peers)) : Touch.NOBODY,
                peers -> isTheOne(peers) ? state.wellKnownGone() : Touch.NOBODY);
    }

    private static boolean isTheOne(HasMetadata object) {
        return name(object).equals(WellKnownPeersReader.NAME);
    }

    private void watchPolicies() {
        watch(
                "NetworkPolicy",
                client.network().v1().networkPolicies().inAnyNamespace(),
                io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy::new,
                this::policySeen,
                this::policyGone);
    }

    private Touch policySeen(io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy object) {
        LivePolicy seen = LivePolicy.of(object);
        NetworkPolicy.Key key = seen.policy().key();
        boolean wasOurs = state.livePolicy(key).filter(LivePolicy::isManaged).isPresent();
        if (!state.policy(seen)) {
            return Touch.NOBODY;
        }
        if (wasOurs && state.lives(key.namespace())) {
            listener.drifted(key, FieldManagers.lastWriter(object));
        }
        return state.policyTouch(key.namespace());
    }

    private Touch policyGone(io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy object) {
        NetworkPolicy.Key key = new NetworkPolicy.Key(namespace(object), name(object));
        boolean wasOurs = state.livePolicy(key).filter(LivePolicy::isManaged).isPresent();
        if (!state.policyGone(key, object.getMetadata().getUid())) {
            return Touch.NOBODY;
        }
        if (wasOurs && state.lives(key.namespace())) {
            listener.drifted(key, "");
        }
        return state.policyTouch(key.namespace());
    }

    private void watchFacts() {
        NodeReader nodes = new NodeReader();
        watch(
                "Node",
                client.nodes(),
                Node::new,
                node -> state.facts(facts.node(name(node), Optional.of(nodes.read(node)))),
                node -> state.facts(facts.node(name(node), Optional.empty())));
        ApiServerReader apiServers = new ApiServerReader();
        watch(
                "EndpointSlice",
                client.discovery()
                        .v1()
                        .endpointSlices()
                        .inNamespace("default")
                        .withLabel("kubernetes.io/service-name", "kubernetes"),
                EndpointSlice::new,
                slice -> state.facts(facts.apiServer(name(slice), Optional.of(apiServers.read(slice)))),
                slice -> state.facts(facts.apiServer(name(slice), Optional.empty())));
        IngressClassReader ingressClasses = new IngressClassReader();
        watch(
                "IngressClass",
                client.network().v1().ingressClasses(),
                IngressClass::new,
                found -> state.facts(facts.ingressClass(name(found), ingressClasses.controller(found))),
                found -> state.facts(facts.ingressClass(name(found), Optional.empty())));
        for (AdmissionKinds.Kind kind : new AdmissionKinds(client).served()) {
            watch(
                    kind.kind(),
                    client.genericKubernetesResources(kind.apiVersion(), kind.kind()),
                    GenericKubernetesResource::new,
                    object -> identity(new IdentityPolicies.Name(kind.kind(), name(object)), object),
                    object -> state.identity(facts.identityGone(new IdentityPolicies.Name(kind.kind(), name(object)))));
        }
    }

    private Touch identity(IdentityPolicies.Name name, GenericKubernetesResource object) {
        return IdentityPolicies.NEEDED.contains(name)
                ? state.identity(facts.identity(name, IdentityPolicies.flaw(object)))
                : Touch.NOBODY;
    }

    private <T extends HasMetadata> void watch(
            String name, Informable<T> resources, Supplier<T> empty, Function<T, Touch> seen, Function<T, Touch> gone) {
        all.add(new Watched<>(
                name,
                resources,
                empty,
                object -> touched.accept(seen.apply(object)),
                object -> touched.accept(gone.apply(object)),
                quota));
    }

    private static AccessIntent.Key intentKey(HasMetadata object) {
        return new AccessIntent.Key(namespace(object), name(object));
    }

    private static String namespace(HasMetadata object) {
        return object.getMetadata().getNamespace();
    }

    private static String name(HasMetadata object) {
        ObjectMeta metadata = object.getMetadata();
        return metadata.getName();
    }
}
