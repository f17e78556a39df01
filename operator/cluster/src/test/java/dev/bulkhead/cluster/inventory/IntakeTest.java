package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.SetClock;
import dev.bulkhead.cluster.SetTicker;
import dev.bulkhead.cluster.decode.IdentityPolicies;
import dev.bulkhead.cluster.decode.LastFound;
import dev.bulkhead.cluster.decode.UnreadableObjectException;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Workload;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClassBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private static final NetworkPolicy.Key BASELINE = new NetworkPolicy.Key("shop", "bulkhead-baseline");
    private static final IdentityPolicies.Name NEEDED =
            new IdentityPolicies.Name("ValidatingAdmissionPolicyBinding", "bulkhead-verify-service-account");

    private final SetClock clock = new SetClock();
    private final FactsStore facts = new FactsStore(List.of());
    private final InventoryState state = new InventoryState(Set.of(), facts.facts());
    private final List<AffectedNamespaces> touched = new ArrayList<>();
    private final RecordingListener listener = new RecordingListener();
    private final List<Runnable> later = new ArrayList<>();
    private Optional<Instant> definition = Optional.of(Instant.parse("2025-01-01T00:00:00Z"));
    private final Intake intake = new Intake(
            state,
            facts,
            touched::add,
            listener,
            new DeclarationDecoder(new KubernetesSerialization(), new LogQuota(clock)),
            lost(LostDeclarations.GUARDRAILS, state.guardrailsInForce()),
            lost(LostDeclarations.WELL_KNOWN_PEERS, state.wellKnownInForce()));

    private LostDeclarations lost(String kind, LostDeclarations.InForce inForce) {
        return new LostDeclarations(
                kind, () -> definition, inForce, new SetTicker(), touched::add, new LostDeclarations.Later() {
                    @Override
                    public void run(Duration delay, Runnable task) {
                        later.add(task);
                    }

                    @Override
                    public void close() {}
                });
    }

    /** The namespace {@code shop} is enforced, and {@code pay} has nothing to do with it. */
    @BeforeEach
    void begin() {
        intake.seen(ApiObjects.namespace("shop"));
        intake.seen(ApiObjects.namespace("pay"));
        intake.segmentSeen(ApiObjects.segment("town", "shop"));
        state.complete();
        touched.clear();
    }

    @Test
    void aNamespaceIsKnownFromItsFirstSightingUntilItGoes() {
        intake.seen(ApiObjects.namespace("cache"));
        assertTrue(namespaces().containsKey("cache"));
        assertEquals(List.of(), listener.told);
        intake.gone(ApiObjects.namespace("cache"));
        assertFalse(namespaces().containsKey("cache"));
        assertEquals(List.of("gone cache"), listener.told);
    }

    @Test
    void aNamespaceThatTheSegmentNamesIsWokenWhenItComes() {
        intake.gone(ApiObjects.namespace("shop"));
        touched.clear();
        intake.seen(ApiObjects.namespace("shop"));
        assertTrue(last().enrolment());
        assertTouched("shop");
    }

    @Test
    void aNamespaceThatWasMadeAnewWhileNobodyWatchedIsAnotherOne() {
        io.fabric8.kubernetes.api.model.Namespace next = ApiObjects.namespace("shop");
        next.getMetadata().setUid("another");
        intake.seen(next);
        assertEquals(List.of("gone shop"), listener.told);
        assertEquals(2, touched.size(), "the old one goes, the new one comes");
        assertTrue(namespaces().containsKey("shop"));

        intake.seen(next);
        assertEquals(List.of("gone shop"), listener.told, "it is known by now");
    }

    @Test
    void aNamespaceThatComesBackAfterItWentIsNoSurprise() {
        intake.gone(ApiObjects.namespace("shop"));
        io.fabric8.kubernetes.api.model.Namespace next = ApiObjects.namespace("shop");
        next.getMetadata().setUid("another");
        intake.seen(next);
        assertEquals(List.of("gone shop"), listener.told, "told once");
    }

    @Test
    void podsCountUntilTheyFinishOrGo() {
        Pod pod = ApiObjects.runningPod("shop", "a", "web");
        intake.seen(pod);
        assertTouched("shop");
        assertEquals(1, shop().pods().size());
        assertEquals(1, state.view().pods().get("shop").size());

        pod.getStatus().setPhase("Succeeded");
        intake.seen(pod);
        assertTouched("shop");
        assertEquals(Set.of(), shop().pods());

        intake.seen(ApiObjects.runningPod("shop", "b", "web"));
        touched.clear();
        intake.gone(ApiObjects.runningPod("shop", "b", "web"));
        assertTouched("shop");
        assertEquals(Set.of(), shop().pods());
    }

    @Test
    void aServiceIsKnownUntilItGoes() {
        Service service = new ServiceBuilder()
                .withMetadata(ApiObjects.metadata("shop", "web"))
                .withNewSpec()
                .addToSelector("app", "web")
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
        intake.seen(service);
        assertTouched("shop");
        assertEquals(Set.of("web"), shop().services().keySet());
        intake.gone(service);
        assertTouched("shop");
        assertEquals(Map.of(), shop().services());
    }

    @Test
    void ofWhatCannotBeReadThatWhichWasKnownStays() {
        Service service = new ServiceBuilder()
                .withMetadata(ApiObjects.metadata("shop", "web"))
                .withNewSpec()
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
        intake.seen(service);
        touched.clear();
        service.getSpec().getPorts().get(0).setPort(null);
        assertThrows(UnreadableObjectException.class, () -> intake.seen(service));
        assertEquals(Set.of("web"), shop().services().keySet());
        assertEquals(List.of(), touched);
    }

    @Test
    void workloadsOfEveryKindAreKnownUntilTheyGo() {
        Deployment deployment = new DeploymentBuilder()
                .withMetadata(ApiObjects.metadata("shop", "web"))
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels("app", "web")
                .endSelector()
                .withNewTemplate()
                .endTemplate()
                .endSpec()
                .build();
        StatefulSet statefulSet = new StatefulSetBuilder()
                .withMetadata(ApiObjects.metadata("shop", "web"))
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels("app", "db")
                .endSelector()
                .withNewTemplate()
                .endTemplate()
                .endSpec()
                .build();
        DaemonSet daemonSet = new DaemonSetBuilder()
                .withMetadata(ApiObjects.metadata("shop", "web"))
                .withNewSpec()
                .withNewSelector()
                .addToMatchLabels("app", "agent")
                .endSelector()
                .withNewTemplate()
                .endTemplate()
                .endSpec()
                .build();
        intake.seen(deployment);
        assertTouched("shop");
        intake.seen(statefulSet);
        assertTouched("shop");
        intake.seen(daemonSet);
        assertTouched("shop");
        assertEquals(
                Set.of(key("Deployment"), key("StatefulSet"), key("DaemonSet")),
                shop().workloads().keySet());

        intake.workloadGone(statefulSet);
        assertTouched("shop");
        assertEquals(
                Set.of(key("Deployment"), key("DaemonSet")), shop().workloads().keySet());
    }

    private static Workload.Key key(String kind) {
        return new Workload.Key(kind, "web");
    }

    @Test
    void anIntentIsDeclaredUntilItGoes() {
        DeclaredIntent.Key key = new DeclaredIntent.Key("shop", "checkout");
        intake.intentSeen(ApiObjects.intent("shop", "checkout"));
        assertTouched("shop");
        assertEquals(
                key,
                state.snapshot()
                        .declared("shop")
                        .intents()
                        .intents()
                        .get("checkout")
                        .key());
        intake.intentGone(ApiObjects.intent("shop", "checkout"));
        assertTouched("shop");
        assertEquals(NamespaceDeclarations.NOTHING, state.snapshot().declared("shop"));
    }

    @Test
    void anIntentThatIsBeingDeletedIsDeclaredNoMore() {
        intake.intentSeen(ApiObjects.intent("shop", "checkout"));
        GenericKubernetesResource ending = ApiObjects.intent("shop", "checkout");
        ending.getMetadata().setDeletionTimestamp("2026-01-02T00:00:00Z");
        ending.getMetadata().setGeneration(2L);
        touched.clear();
        intake.intentSeen(ending);
        assertTouched("shop");
        NamespaceDeclarations declared = state.snapshot().declared("shop");
        assertEquals(Map.of(), declared.intents().intents());
        assertEquals(Set.of("checkout"), declared.withdrawn().keySet());
        intake.intentGone(ending);
        assertEquals(NamespaceDeclarations.NOTHING, state.snapshot().declared("shop"));
    }

    @Test
    void aSegmentEnrolsUntilItGoes() {
        intake.segmentSeen(ApiObjects.segment("city", "pay"));
        assertTouched("pay");
        assertEquals(
                "city",
                state.snapshot().enrolment().segment("pay").orElseThrow().name());
        intake.segmentGone(ApiObjects.segment("city", "pay"));
        assertEquals(Optional.empty(), state.snapshot().enrolment().segment("pay"));
        assertTrue(last().enrolment());
    }

    @Test
    void aGuardrailThatSomebodyDeletesStaysInForceUntilThatIsCertain() {
        GenericKubernetesResource guardrail = ApiObjects.guardrail("exits", "nothing leaves");
        intake.guardrailSeen(guardrail);
        assertTouched("shop");
        assertEquals(Set.of("exits"), guardrails());

        intake.guardrailGone(guardrail);
        assertEquals(Set.of("exits"), guardrails());
        assertEquals(List.of(), touched);
        later.remove(0).run();
        assertEquals(Set.of(), guardrails());
        assertTouched("shop");
    }

    @Test
    void aGuardrailThatIsOlderThanItsDefinitionWasNotDeletedByAnybody() {
        GenericKubernetesResource guardrail = ApiObjects.guardrail("exits", "nothing leaves");
        intake.guardrailSeen(guardrail);
        definition = Optional.of(clock.instant());
        intake.guardrailGone(guardrail);
        later.remove(0).run();
        assertEquals(Set.of("exits"), guardrails());

        GenericKubernetesResource again = ApiObjects.guardrail("exits", "nothing leaves");
        again.getMetadata().setCreationTimestamp(clock.instant().plusSeconds(1).toString());
        intake.guardrailSeen(again);
        intake.guardrailGone(again);
        later.remove(later.size() - 1).run();
        assertEquals(Set.of(), guardrails(), "this one was");
    }

    @Test
    void thePlacesOfWellKnownPeersStayInForceUntilItIsCertainThatTheyWereDeleted() {
        GenericKubernetesResource peers = ApiObjects.wellKnownPeers("192.0.2.0/24");
        intake.wellKnownPeersSeen(peers);
        assertTouched("shop");
        assertEquals(Set.of(Cidr.parse("192.0.2.0/24")), notInternet());
        intake.wellKnownPeersGone(peers);
        assertEquals(Set.of(Cidr.parse("192.0.2.0/24")), notInternet());
        later.remove(0).run();
        assertEquals(Set.of(), notInternet());
        assertTouched("shop");
    }

    @Test
    void placesThatGoWithTheirDefinitionStay() {
        intake.wellKnownPeersSeen(ApiObjects.wellKnownPeers("192.0.2.0/24"));
        definition = Optional.of(clock.instant());
        intake.wellKnownPeersGone(ApiObjects.wellKnownPeers("192.0.2.0/24"));
        later.remove(0).run();
        assertEquals(Set.of(Cidr.parse("192.0.2.0/24")), notInternet());
    }

    @Test
    void placesThatCameAfterTheirDefinitionWereDeletedBySomebody() {
        definition = Optional.of(clock.instant());
        GenericKubernetesResource peers = ApiObjects.wellKnownPeers("192.0.2.0/24");
        peers.getMetadata().setCreationTimestamp(clock.instant().toString());
        intake.wellKnownPeersSeen(peers);
        intake.wellKnownPeersGone(peers);
        later.remove(0).run();
        assertEquals(Set.of(), notInternet());
    }

    @Test
    void placesOfAnyOtherNameSayNothing() {
        GenericKubernetesResource other = ApiObjects.wellKnownPeers("198.51.100.0/24");
        other.getMetadata().setName("other");
        intake.wellKnownPeersSeen(ApiObjects.wellKnownPeers("192.0.2.0/24"));
        intake.wellKnownPeersSeen(other);
        intake.wellKnownPeersGone(other);
        assertEquals(List.of(), later);
        assertEquals(Set.of(Cidr.parse("192.0.2.0/24")), notInternet());
        assertEquals(Map.of(), state.snapshot().wellKnownRejections());
    }

    @Test
    void aPolicyOfOursThatSomebodyChangesIsDriftAndWakesItsNamespace() {
        intake.seen(ApiObjects.policy("shop", "bulkhead-baseline", "uid", "9"));
        assertTouched("shop");
        assertEquals(List.of(), listener.told, "it was not known before");

        io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy changed =
                ApiObjects.policy("shop", "bulkhead-baseline", "uid", "10");
        changed.getSpec().setPolicyTypes(List.of("Egress"));
        changed.getMetadata()
                .setManagedFields(List.of(new ManagedFieldsEntryBuilder()
                        .withManager("kubectl-edit")
                        .withTime(ApiObjects.CREATED)
                        .build()));
        intake.seen(changed);
        assertTouched("shop");
        assertEquals(List.of("drifted shop/bulkhead-baseline by 'kubectl-edit'"), listener.told);
        intake.seen(changed);
        assertEquals(List.of(), touched, "known");
    }

    @Test
    void aPolicyOfOursThatSomebodyDeletesIsDriftAndWakesItsNamespace() {
        intake.seen(ApiObjects.policy("shop", "bulkhead-baseline", "uid", "9"));
        touched.clear();
        intake.gone(ApiObjects.policy("shop", "bulkhead-baseline", "an earlier one", "8"));
        assertTrue(state.livePolicy(BASELINE).isPresent());
        assertEquals(List.of(), touched);

        intake.gone(ApiObjects.policy("shop", "bulkhead-baseline", "uid", "10"));
        assertEquals(Optional.empty(), state.livePolicy(BASELINE));
        assertEquals(List.of("drifted shop/bulkhead-baseline by ''"), listener.told);
        assertTouched("shop");
    }

    @Test
    void aPolicyOfSomebodyElseIsNoDriftAndWakesItsNamespace() {
        io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy theirs =
                ApiObjects.policy("shop", "theirs", "uid", "9");
        theirs.getMetadata().setLabels(Map.of());
        intake.seen(theirs);
        assertTouched("shop");
        theirs.getMetadata().setResourceVersion("10");
        theirs.getSpec().setPolicyTypes(List.of("Egress"));
        intake.seen(theirs);
        assertTouched("shop");
        intake.gone(theirs);
        assertTouched("shop");
        assertEquals(List.of(), listener.told);
    }

    /** With a namespace all policies go; nobody changed anything that should be put right. */
    @Test
    void whatGoesWithItsNamespaceIsNoDrift() {
        intake.seen(ApiObjects.policy("shop", "bulkhead-baseline", "uid", "9"));
        io.fabric8.kubernetes.api.model.Namespace ending = ApiObjects.namespace("shop");
        ending.getMetadata().setDeletionTimestamp(ApiObjects.CREATED);
        intake.seen(ending);
        intake.gone(ApiObjects.policy("shop", "bulkhead-baseline", "uid", "10"));
        assertEquals(List.of(), listener.told);
    }

    @Test
    void whatACompleteListOfPoliciesLacksIsGone() {
        intake.seen(ApiObjects.policy("shop", "bulkhead-baseline", "uid", "9"));
        intake.seen(ApiObjects.policy("shop", "bulkhead-other", "other", "9"));
        intake.seen(ApiObjects.policy("shop", "bulkhead-newer", "newer", "11"));
        touched.clear();
        assertEquals("11", intake.knownPolicies().latest());
        intake.policiesListed("10", ListScope.EVERYBODY, (key, uid) -> key.equals(BASELINE) && uid.equals("uid"));
        assertEquals(
                Set.of("bulkhead-baseline", "bulkhead-newer"),
                state.snapshot().policies("shop").keySet());
        assertEquals(List.of("drifted shop/bulkhead-other by ''"), listener.told);
        assertTouched("shop");
    }

    @Test
    void whatAListDoesNotSpeakOfStays() {
        intake.seen(ApiObjects.policy("shop", "bulkhead-baseline", "uid", "9"));
        touched.clear();
        intake.policiesListed("pay", "10", (key, uid) -> false);
        assertTrue(state.livePolicy(BASELINE).isPresent());
        assertEquals(List.of(), touched);

        intake.policiesListed("shop", "10", (key, uid) -> false);
        assertEquals(Optional.empty(), state.livePolicy(BASELINE));
        assertEquals(List.of("drifted shop/bulkhead-baseline by ''"), listener.told);
        assertTouched("shop");
    }

    @Test
    void afterVersionsWentBackAnOlderVersionIsTakenAsItIs() {
        intake.seen(ApiObjects.policy("shop", "bulkhead-baseline", "uid", "900"));
        intake.seen(ApiObjects.policy("shop", "bulkhead-baseline", "uid", "50"));
        assertEquals("900", state.livePolicy(BASELINE).orElseThrow().resourceVersion());
        intake.versionsWentBack();
        intake.seen(ApiObjects.policy("shop", "bulkhead-baseline", "uid", "50"));
        assertEquals("50", state.livePolicy(BASELINE).orElseThrow().resourceVersion());
        assertEquals("50", intake.knownPolicies().latest());
    }

    @Test
    void nodesTellOfTheClustersNetworksUntilTheyGo() {
        Node node = new NodeBuilder()
                .withMetadata(ApiObjects.metadata(null, "a"))
                .withNewSpec()
                .withPodCIDR("10.1.0.0/24")
                .endSpec()
                .withNewStatus()
                .addNewAddress()
                .withType("InternalIP")
                .withAddress("10.0.0.1")
                .endAddress()
                .endStatus()
                .build();
        intake.seen(node);
        assertTouched("shop");
        assertEquals(Set.of(IpAddress.parse("10.0.0.1")), clusterFacts().nodes());
        assertTrue(clusterFacts().networks().contains(Cidr.parse("10.1.0.0/24")));
        intake.seen(node);
        assertEquals(Set.of(), last().namespaces(), "a heartbeat");
        touched.clear();
        intake.gone(node);
        assertTouched("shop");
        assertEquals(Set.of(), clusterFacts().nodes());
    }

    @Test
    void theApiServersAddressesAreThoseOfItsOwnSlice() {
        intake.seen(slice("kubernetes", "10.0.0.1"));
        assertTouched("shop");
        intake.seen(slice("kubernetes", "10.0.0.2"));
        assertTouched("shop");
        assertEquals(Set.of(address("10.0.0.2")), clusterFacts().apiServers());
    }

    @Test
    void aSliceThatAControllerMadeSaysNothingOfTheApiServer() {
        intake.seen(slice("kubernetes", "10.0.0.1"));
        touched.clear();
        intake.seen(slice("kubernetes-rlgqs", "10.128.0.20"));
        EndpointSlice marked = slice("kubernetes", "10.128.0.20");
        marked.getMetadata()
                .setLabels(Map.of("endpointslice.kubernetes.io/managed-by", "endpointslice-controller.k8s.io"));
        intake.seen(marked);
        assertEquals(List.of(), touched);
        assertEquals(Set.of(address("10.0.0.1")), clusterFacts().apiServers());
    }

    private static EndpointSlice slice(String name, String address) {
        return new EndpointSliceBuilder()
                .withMetadata(ApiObjects.metadata("default", name))
                .withAddressType("IPv4")
                .addNewEndpoint()
                .withAddresses(address)
                .endEndpoint()
                .addNewPort()
                .withPort(6443)
                .withProtocol("TCP")
                .endPort()
                .build();
    }

    private static ClusterFacts.SocketAddress address(String address) {
        return new ClusterFacts.SocketAddress(IpAddress.parse(address), 6443);
    }

    @Test
    void ingressControllersAreThoseThatClassesName() {
        IngressClass found = new IngressClassBuilder()
                .withMetadata(ApiObjects.metadata(null, "nginx"))
                .withNewSpec()
                .withController("k8s.io/ingress-nginx")
                .endSpec()
                .build();
        intake.seen(found);
        assertTouched("shop");
        assertEquals(Set.of("k8s.io/ingress-nginx"), clusterFacts().ingressControllers());
        intake.gone(found);
        assertTouched("shop");
        assertEquals(Set.of(), clusterFacts().ingressControllers());
    }

    @Test
    void onceAllIngressClassesAreReadThoseThatAnEarlierProcessFoundHoldNoLonger() {
        state.facts(() ->
                facts.lastFound(new LastFound(ImmutableSortedSet.of(), ImmutableSortedSet.of("k8s.io/ingress-nginx"))));
        assertEquals(Set.of("k8s.io/ingress-nginx"), clusterFacts().ingressControllers());
        intake.ingressClassesListed();
        assertTouched("shop");
        assertEquals(Set.of(), clusterFacts().ingressControllers());
    }

    @Test
    void whateverBecomesOfTheAdmissionPoliciesSegmentsSaySo() {
        GenericKubernetesResource binding = ApiObjects.named(GenericKubernetesResource::new, null, NEEDED.name());
        binding.setKind(NEEDED.kind());
        assertTrue(facts.identityFlaws().contains(NEEDED + " is not there"));
        intake.admissionSeen(NEEDED, binding);
        assertTrue(last().enrolment());
        assertFalse(facts.identityFlaws().contains(NEEDED + " is not there"));
        assertTrue(facts.identityFlaws().stream().anyMatch(flaw -> flaw.startsWith(NEEDED + " lacks the label")));
        touched.clear();
        intake.admissionGone(NEEDED);
        assertTrue(last().enrolment());
        assertTrue(facts.identityFlaws().contains(NEEDED + " is not there"));
    }

    @Test
    void otherAdmissionPoliciesMatterToNobody() {
        IdentityPolicies.Name other = new IdentityPolicies.Name("ValidatingAdmissionPolicy", "somebody-elses");
        intake.admissionSeen(other, ApiObjects.named(GenericKubernetesResource::new, null, "somebody-elses"));
        assertEquals(List.of(), touched);
    }

    /** Since the last such question. */
    private void assertTouched(String... namespaces) {
        assertEquals(1, touched.size());
        assertEquals(Set.of(namespaces), touched.get(0).namespaces());
        touched.clear();
    }

    private AffectedNamespaces last() {
        return touched.get(touched.size() - 1);
    }

    private Map<String, Namespace> namespaces() {
        return state.snapshot().world().namespaces();
    }

    private Namespace shop() {
        return namespaces().get("shop");
    }

    private Set<String> guardrails() {
        return state.snapshot().declarations().guardrails().keySet();
    }

    private Set<Cidr> notInternet() {
        return state.snapshot().declarations().wellKnown().notInternet();
    }

    private ClusterFacts clusterFacts() {
        return state.snapshot().world().facts();
    }
}
