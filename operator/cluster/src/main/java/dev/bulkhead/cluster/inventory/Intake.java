package dev.bulkhead.cluster.inventory;

import dev.bulkhead.cluster.decode.ApiServerReader;
import dev.bulkhead.cluster.decode.IdentityPolicies;
import dev.bulkhead.cluster.decode.IngressClassReader;
import dev.bulkhead.cluster.decode.LivePodReader;
import dev.bulkhead.cluster.decode.NamespaceReader;
import dev.bulkhead.cluster.decode.NodeReader;
import dev.bulkhead.cluster.decode.PodReader;
import dev.bulkhead.cluster.decode.ServiceReader;
import dev.bulkhead.cluster.decode.WellKnownPeersReader;
import dev.bulkhead.cluster.decode.WorkloadReader;
import dev.bulkhead.cluster.slim.TooLarge;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Workload;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Takes in objects as the watches show them, turns each into a record of the core, and tells whom the change touches. Called
 * by one thread for each kind; for one object the calls come in the order of its versions. Throws {@link
 * dev.bulkhead.cluster.decode.UnreadableObjectException} for an object that cannot be read; what was known of it stays then.
 */
final class Intake {

    /** Of a namespace, in bytes of memory: some hundred labels. */
    private static final long MOST_LABELS = 32 * 1024;

    private final InventoryState state;
    private final FactsStore facts;
    private final Consumer<AffectedNamespaces> touched;
    private final InventoryListener listener;
    private final DeclarationDecoder decoder;
    private final LostDeclarations lostGuardrails;
    private final LostDeclarations lostPeers;
    private final NamespaceReader namespaceReader = new NamespaceReader();
    private final PodReader podReader = new PodReader();
    private final LivePodReader livePodReader = new LivePodReader(podReader);
    private final WorkloadReader workloadReader = new WorkloadReader(podReader);
    private final ServiceReader serviceReader = new ServiceReader();
    private final NodeReader nodeReader = new NodeReader();
    private final ApiServerReader apiServerReader = new ApiServerReader();
    private final IngressClassReader ingressClassReader = new IngressClassReader();
    /** The uid of each. */
    private final Map<String, String> namespaces = new ConcurrentHashMap<>();

    Intake(
            InventoryState state,
            FactsStore facts,
            Consumer<AffectedNamespaces> touched,
            InventoryListener listener,
            DeclarationDecoder decoder,
            LostDeclarations lostGuardrails,
            LostDeclarations lostPeers) {
        this.state = state;
        this.facts = facts;
        this.touched = touched;
        this.listener = listener;
        this.decoder = decoder;
        this.lostGuardrails = lostGuardrails;
        this.lostPeers = lostPeers;
    }

    void seen(Namespace namespace) {
        String uid = namespace.getMetadata().getUid();
        if (!uid.equals(namespaces.getOrDefault(name(namespace), uid))) {
            // The old one was deleted and another one created while nobody watched.
            gone(namespace);
        }
        namespaces.put(name(namespace), uid);
        dev.bulkhead.core.world.Namespace read = namespaceReader.read(namespace);
        touched.accept(
                TooLarge.isMarked(namespace) || MemoryWeights.labels(read.labels()) > MOST_LABELS
                        ? state.namespaceWithTooManyLabels(
                                dev.bulkhead.core.world.Namespace.empty(read.name(), read.terminating()))
                        : state.namespace(read.name(), Optional.of(read)));
    }

    void gone(Namespace namespace) {
        namespaces.remove(name(namespace));
        AffectedNamespaces touch = state.namespace(name(namespace), Optional.empty());
        listener.gone(name(namespace));
        touched.accept(touch);
    }

    void seen(Pod pod) {
        touched.accept(
                TooLarge.isMarked(pod)
                        ? state.podTooLarge(namespace(pod), name(pod))
                        : state.pod(namespace(pod), name(pod), livePodReader.read(pod)));
    }

    void gone(Pod pod) {
        touched.accept(state.pod(namespace(pod), name(pod), Optional.empty()));
    }

    void seen(Service service) {
        touched.accept(
                TooLarge.isMarked(service)
                        ? state.serviceTooLarge(namespace(service), name(service))
                        : state.service(namespace(service), name(service), Optional.of(serviceReader.read(service))));
    }

    void gone(Service service) {
        touched.accept(state.service(namespace(service), name(service), Optional.empty()));
    }

    void seen(Deployment deployment) {
        workload(deployment, () -> workloadReader.read(deployment));
    }

    void seen(StatefulSet statefulSet) {
        workload(statefulSet, () -> workloadReader.read(statefulSet));
    }

    void seen(DaemonSet daemonSet) {
        workload(daemonSet, () -> workloadReader.read(daemonSet));
    }

    /** A Deployment, StatefulSet or DaemonSet. */
    void workloadGone(HasMetadata workload) {
        touched.accept(state.workload(namespace(workload), workloadKey(workload), Optional.empty()));
    }

    private void workload(HasMetadata object, Supplier<Workload> read) {
        touched.accept(
                TooLarge.isMarked(object)
                        ? state.workloadTooLarge(namespace(object), workloadKey(object))
                        : state.workload(namespace(object), workloadKey(object), Optional.of(read.get())));
    }

    private static Workload.Key workloadKey(HasMetadata workload) {
        return new Workload.Key(workload.getKind(), name(workload));
    }

    void intentSeen(GenericKubernetesResource intent) {
        touched.accept(
                intent.isMarkedForDeletion()
                        ? state.intentWithdrawn(intentKey(intent), decoder.intentStatus(intent))
                        : state.intent(intentKey(intent), decoder.intent(intent)));
    }

    void intentGone(GenericKubernetesResource intent) {
        touched.accept(state.intentGone(intentKey(intent)));
    }

    /** See {@link InventoryState#kindsWithRoom}. */
    Set<String> kindsWithRoom() {
        return state.kindsWithRoom();
    }

    /** See {@link DeclarationStore#settleEchoes}. */
    void settleEchoes() {
        state.echoesSettled().forEach(touched);
    }

    void segmentSeen(GenericKubernetesResource segment) {
        touched.accept(state.segment(name(segment), decoder.segment(segment)));
    }

    void segmentGone(GenericKubernetesResource segment) {
        touched.accept(state.segmentGone(name(segment)));
    }

    void guardrailSeen(GenericKubernetesResource guardrail) {
        lostGuardrails.seen(guardrail);
        touched.accept(state.guardrail(name(guardrail), decoder.guardrail(guardrail)));
    }

    void guardrailGone(GenericKubernetesResource guardrail) {
        lostGuardrails.gone(name(guardrail));
    }

    void wellKnownPeersSeen(GenericKubernetesResource peers) {
        if (isTheOne(peers)) {
            lostPeers.seen(peers);
            touched.accept(state.wellKnown(decoder.wellKnownPeers(peers)));
        }
    }

    void wellKnownPeersGone(GenericKubernetesResource peers) {
        if (isTheOne(peers)) {
            lostPeers.gone(name(peers));
        }
    }

    private static boolean isTheOne(HasMetadata object) {
        return name(object).equals(WellKnownPeersReader.NAME);
    }

    void seen(io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy object) {
        LivePolicy seen = LivePolicy.of(object);
        NetworkPolicy.Key key = seen.policy().key();
        boolean wasOurs = state.livePolicy(key).filter(LivePolicy::isManaged).isPresent();
        if (state.policy(seen)) {
            policyChanged(key, wasOurs, FieldManagers.lastWriter(object));
        }
    }

    void gone(io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy object) {
        NetworkPolicy.Key key = new NetworkPolicy.Key(namespace(object), name(object));
        boolean wasOurs = state.livePolicy(key).filter(LivePolicy::isManaged).isPresent();
        if (state.policyGone(key, object.getMetadata().getUid())) {
            policyChanged(key, wasOurs, "");
        }
    }

    /** See {@link InventoryState#knownPolicies}. */
    KnownPolicies knownPolicies() {
        return state.knownPolicies();
    }

    void versionsWentBack() {
        state.versionsWentBack();
    }

    /**
     * A complete list of policies ended, and all of it was taken in.
     *
     * @param scope whose policies the list would contain
     * @param isListed whether the list, or something newer, contains the object of this name and uid
     */
    void policiesListed(String resourceVersion, ListScope scope, BiPredicate<NetworkPolicy.Key, String> isListed) {
        state.policiesListed(resourceVersion, scope, isListed)
                .forEach(gone -> policyChanged(gone.policy().key(), gone.isManaged(), ""));
    }

    /** Likewise, of everybody's policies in one namespace. */
    void policiesListed(String namespace, String resourceVersion, BiPredicate<NetworkPolicy.Key, String> isListed) {
        state.policiesListed(namespace, resourceVersion, isListed)
                .forEach(gone -> policyChanged(gone.policy().key(), gone.isManaged(), ""));
    }

    private void policyChanged(NetworkPolicy.Key key, boolean wasOurs, String by) {
        if (wasOurs && state.lives(key.namespace())) {
            listener.drifted(key, by);
        }
        touched.accept(state.policyTouch(key.namespace()));
    }

    void seen(Node node) {
        touched.accept(state.facts(() -> facts.node(name(node), Optional.of(nodeReader.read(node)))));
    }

    void gone(Node node) {
        touched.accept(state.facts(() -> facts.node(name(node), Optional.empty())));
    }

    /** Only what the API server says of itself counts; where it says nothing, the last that is known of it holds. */
    void seen(EndpointSlice slice) {
        if (apiServerReader.isOfApiServer(slice)) {
            touched.accept(state.facts(() -> facts.apiServers(apiServerReader.read(slice))));
        }
    }

    void seen(IngressClass found) {
        touched.accept(state.facts(() -> facts.ingressClass(name(found), ingressClassReader.controller(found))));
    }

    void gone(IngressClass found) {
        touched.accept(state.facts(() -> facts.ingressClass(name(found), Optional.empty())));
    }

    /** All IngressClasses have been read, so that those that were not seen are not there. */
    void ingressClassesListed() {
        touched.accept(state.facts(facts::ingressClassesListed));
    }

    /** A policy or binding of admission, of which only those matter that stamp identity. */
    void admissionSeen(IdentityPolicies.Name name, GenericKubernetesResource object) {
        if (IdentityPolicies.NEEDED.contains(name)) {
            touched.accept(state.identity(() -> facts.identity(name, IdentityPolicies.flaw(object))));
        }
    }

    void admissionGone(IdentityPolicies.Name name) {
        touched.accept(state.identity(() -> facts.identityGone(name)));
    }

    private static DeclaredIntent.Key intentKey(HasMetadata object) {
        return new DeclaredIntent.Key(namespace(object), name(object));
    }

    private static String namespace(HasMetadata object) {
        return object.getMetadata().getNamespace();
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }
}
