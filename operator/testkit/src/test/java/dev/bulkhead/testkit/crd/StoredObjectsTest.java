package dev.bulkhead.testkit.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.api.v1alpha1.AccessIntent;
import dev.bulkhead.api.v1alpha1.AccessIntentSpec;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.ConditionStatus;
import dev.bulkhead.api.v1alpha1.Guardrail;
import dev.bulkhead.api.v1alpha1.IdentityAssurance;
import dev.bulkhead.api.v1alpha1.InboundPeer;
import dev.bulkhead.api.v1alpha1.InboundRule;
import dev.bulkhead.api.v1alpha1.NetworkPeer;
import dev.bulkhead.api.v1alpha1.OutboundPeer;
import dev.bulkhead.api.v1alpha1.OutboundRule;
import dev.bulkhead.api.v1alpha1.Port;
import dev.bulkhead.api.v1alpha1.PortProtocol;
import dev.bulkhead.api.v1alpha1.RuleState;
import dev.bulkhead.api.v1alpha1.RuleStatus;
import dev.bulkhead.api.v1alpha1.Segment;
import dev.bulkhead.api.v1alpha1.SegmentConflict;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.api.v1alpha1.VoidedBy;
import dev.bulkhead.api.v1alpha1.WellKnownFound;
import dev.bulkhead.api.v1alpha1.WellKnownPeer;
import dev.bulkhead.api.v1alpha1.WellKnownPeers;
import dev.bulkhead.api.v1alpha1.WellKnownSource;
import dev.bulkhead.api.v1alpha1.WorkloadSubject;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@OnControlPlane(value = ControlPlaneKind.REAL, workloads = false, shared = true)
class StoredObjectsTest {

    private final KubernetesClient client;

    StoredObjectsTest(KubernetesClient client) {
        this.client = client;
    }

    @BeforeAll
    static void installDefinitions(KubernetesClient client) {
        CommittedDefinitions.install(client);
    }

    @AfterEach
    void deleteObjects() {
        client.resources(AccessIntent.class).inNamespace("default").delete();
        client.resources(Segment.class).delete();
        client.resources(Guardrail.class).delete();
        client.resources(WellKnownPeers.class).delete();
    }

    static List<ObjectCase> stored() {
        return ObjectCase.read("stored.yaml");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stored")
    void specIsStoredAsTheJavaTypesWriteIt(ObjectCase asWritten) {
        HasMetadata written = asWritten.typed(asWritten.type());

        var untyped = Serialization.unmarshal(Serialization.asJson(written), GenericKubernetesResource.class);
        GenericKubernetesResource stored =
                client.resource(untyped).fieldValidation(Validation.STRICT).create();

        assertEquals(field(written, "spec"), field(stored, "spec"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stored")
    void whatAPersonWritesMeansTheSameOnceItIsStored(ObjectCase asWritten) {
        GenericKubernetesResource stored = client.resource(asWritten.object())
                .fieldValidation(Validation.STRICT)
                .create();

        HasMetadata decoded = Serialization.unmarshal(Serialization.asJson(stored), asWritten.type());

        assertEquals(field(asWritten.typed(asWritten.type()), "spec"), field(decoded, "spec"));
    }

    @Test
    void f65_intentMayHaveAsManyRulesPortsAndExceptionsAsTheBoundsSay() {
        NetworkPeer network = new NetworkPeer(
                "2001:db8::/32",
                IntStream.rangeClosed(1, 32)
                        .mapToObj(i -> "2001:db8:%x::/48".formatted(i))
                        .toList());
        List<Port> ports = IntStream.range(0, 16)
                .mapToObj(i -> new Port(new IntOrString("a-port-by-name%x".formatted(i)), null, PortProtocol.SCTP))
                .toList();
        AccessIntent largest = new AccessIntent();
        largest.setMetadata(new ObjectMetaBuilder()
                .withName("largest")
                .withNamespace("default")
                .build());
        largest.setSpec(new AccessIntentSpec(
                "d".repeat(1024),
                new WorkloadSubject(null, null, null, true),
                Collections.nCopies(
                        64, new OutboundRule(new OutboundPeer(null, null, network, null), ports, "r".repeat(256))),
                Collections.nCopies(
                        64,
                        new InboundRule(new InboundPeer(null, null, null, network, null), ports, "r".repeat(256)))));

        AccessIntent stored = client.resource(largest).create();

        assertEquals(largest.getSpec(), stored.getSpec());
    }

    @Test
    void statusOfAnIntentIsStoredAsTheJavaTypeWritesIt() {
        AccessIntent intent = create("the design's example", AccessIntent.class);
        intent.setStatus(new AccessIntentStatus(
                3L,
                List.of(condition("Ready", ConditionStatus.TRUE), condition("Connected", ConditionStatus.FALSE)),
                IdentityAssurance.VERIFIED,
                List.of(
                        new RuleStatus(
                                "outbound[0]",
                                "pay/payments TCP 8443",
                                RuleState.OPEN,
                                "both ends declare it",
                                "no pod and no pod template matches service account checkout",
                                IdentityAssurance.ASSERTED),
                        new RuleStatus("inbound[1]", "namespace batch", RuleState.AWAITING_PEER, null, null, null)),
                List.of("bulkhead-egress-checkout-3f1c9a", "pay/bulkhead-ingress-payments-0a1b2c"),
                "1/2 open"));

        assertStatusIsStored(intent);
    }

    @Test
    void statusOfASegmentIsStoredAsTheJavaTypeWritesIt() {
        Segment segment = create("a segment that enforces", Segment.class);
        segment.setStatus(new SegmentStatus(
                3L,
                List.of(condition("Ready", ConditionStatus.UNKNOWN)),
                List.of("shop", "shop-a"),
                2,
                0,
                List.of(new VoidedBy("shop/legacy", "kubectl-create", "shop (web) to 203.0.113.1 on TCP 443")),
                List.of("CiliumNetworkPolicy.cilium.io"),
                List.of(new WellKnownFound(WellKnownPeer.NODES, WellKnownSource.CONFIGURED, "192.0.2.0/24")),
                List.of(new SegmentConflict("shop-b", "edge"))));

        assertStatusIsStored(segment);
    }

    @Test
    void conditionsOfTwoWritersStandSideBySide() {
        AccessIntent intent = create("the design's example", AccessIntent.class);

        applyCondition(intent, "one", condition("Ready", ConditionStatus.TRUE));
        applyCondition(intent, "another", condition("Connected", ConditionStatus.FALSE));

        assertEquals(
                List.of("Ready", "Connected"),
                client.resource(intent).get().getStatus().conditions().stream()
                        .map(Condition::type)
                        .toList());
    }

    private <T extends HasMetadata> T create(String name, Class<T> type) {
        return client.resource(ObjectCase.named("stored.yaml", name).typed(type))
                .create();
    }

    private void assertStatusIsStored(CustomResource<?, ?> object) {
        client.resource(object).fieldValidation(Validation.STRICT).updateStatus();

        var untyped = Serialization.unmarshal(Serialization.asJson(object), GenericKubernetesResource.class);
        GenericKubernetesResource stored = client.resource(untyped).get();
        assertEquals(field(stored, "status"), field(object, "status"));
    }

    private void applyCondition(AccessIntent intent, String writer, Condition condition) {
        var applied = new AccessIntent();
        applied.setMetadata(intent.getMetadata()
                .edit()
                .withManagedFields()
                .withResourceVersion(null)
                .build());
        applied.setStatus(new AccessIntentStatus(null, List.of(condition), null, null, null, null));
        client.resource(applied)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(writer)
                        .build());
    }

    private static Condition condition(String type, ConditionStatus status) {
        return new Condition(type, status, 3L, "2026-01-31T12:00:00Z", "Written", "as it should be");
    }

    /** A field as plain JSON. */
    private static Object field(HasMetadata object, String name) {
        return Serialization.unmarshal(Serialization.asJson(object), Map.class).get(name);
    }
}
