package dev.bulkhead.app.operator;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.rights.OperatorProcess;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.RealControlPlane;
import dev.bulkhead.testkit.chart.ChartAccount;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A team fills its namespace with objects as large as the API server takes them. The operator is a process with the heap that the
 * chart gives it, and ends when that is used up.
 */
@OnControlPlane(ControlPlaneKind.REAL)
class CrowdedNamespaceTest {

    private static final String TEXT = "x".repeat(63);

    private final RealControlPlane controlPlane;
    private final Scene scene;
    private OperatorProcess operator;
    private String crowded;
    private String other;
    private String segment;

    CrowdedNamespaceTest(RealControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        this.scene = new Scene(controlPlane);
    }

    @BeforeEach
    void start() throws IOException {
        scene.installDefinitions();
        ChartAccount.ofOperator(controlPlane).create();
        crowded = scene.namespace("crowded");
        other = scene.namespace("other");
        segment = scene.segment("town", List.of(crowded, other), true);
        scene.awaitDefaultAccount(crowded);
        startOperator();
    }

    @AfterEach
    void clear() throws IOException {
        operator.close();
        scene.close();
    }

    @Test
    void theOperatorLivesServesOthersAndSaysWhatThereIsNoRoomFor() throws IOException {
        create(8, this::policy);
        create(4, this::intent);
        create(30, this::deployment);
        create(40, this::service);
        create(12, this::pod);

        requireThatOthersAreServed("first");
        askUntilHeld();
        assertTrue(heldMessage().contains("room"), heldMessage());

        operator.close();
        startOperator();
        requireThatOthersAreServed("second");
        scene.await("it is said after a start, too", () -> "WritesHeld".equals(heldReason()));
        assertFalse(operator.log().contains("java.lang.OutOfMemoryError"), operator::log);

        scene.client().pods().inNamespace(crowded).delete();
        scene.await("everything is known again", () -> !"WritesHeld".equals(heldReason()));
    }

    /** What is asked for before the operator has seen the pods is written. */
    private void askUntilHeld() {
        AtomicInteger asked = new AtomicInteger();
        callsOut(crowded, "small-0", 1000);
        scene.await("the segment says it", () -> {
            if ("Written".equals(scene.readyReason(crowded, "small-" + asked))) {
                callsOut(crowded, "small-" + asked.incrementAndGet(), 1000 + asked.get());
            }
            return "WritesHeld".equals(heldReason());
        });
    }

    private void startOperator() throws IOException {
        operator = OperatorProcess.startWithHeapOfChart(controlPlane, "bulkhead-0");
        scene.await("the operator writes", () -> operator.writes() && operator.isReady());
        scene.awaitClosed(crowded);
    }

    private void requireThatOthersAreServed(String intent) {
        callsOut(other, intent, 443);
        scene.awaitRuleState(other, intent, "Open");
    }

    private void callsOut(String namespace, String intent, int port) {
        scene.intent(
                namespace,
                intent,
                Map.of(
                        "workload",
                        Map.of("all", true),
                        "outbound",
                        List.of(Map.of(
                                "to",
                                Map.of("network", Map.of("cidr", "192.0.2.0/24")),
                                "ports",
                                List.of(Map.of("port", port))))));
    }

    private String heldReason() {
        return held("reason");
    }

    private String heldMessage() {
        return held("message");
    }

    private String held(String field) {
        List<Map<String, String>> conditions = scene.client()
                .genericKubernetesResources("bulkhead.dev/v1alpha1", "Segment")
                .withName(segment)
                .get()
                .get("status", "conditions");
        return conditions.stream()
                .filter(condition -> condition.get("type").equals("Held"))
                .map(condition -> condition.get(field))
                .findFirst()
                .orElse("");
    }

    private void create(int count, IntFunction<HasMetadata> object) {
        for (int number = 0; number < count; number++) {
            scene.client().resource(object.apply(number)).create();
        }
    }

    private ObjectMeta named(String name, int number) {
        return new ObjectMetaBuilder()
                .withNamespace(crowded)
                .withName(name + "-" + number)
                .build();
    }

    /** 1 MB of addresses. */
    private HasMetadata policy(int number) {
        List<NetworkPolicyPeer> peers = IntStream.range(0, 25_000)
                .mapToObj(n -> new NetworkPolicyPeerBuilder()
                        .withNewIpBlock()
                        .withCidr("203.%d.%d.0/24".formatted(n / 256, n % 256))
                        .endIpBlock()
                        .build())
                .toList();
        return new NetworkPolicyBuilder()
                .withMetadata(named("addresses", number))
                .withNewSpec()
                .withNewPodSelector()
                .endPodSelector()
                .withPolicyTypes("Egress")
                .addNewEgress()
                .withTo(peers)
                .endEgress()
                .endSpec()
                .build();
    }

    /** 1.3 MB of values in selectors. */
    private HasMetadata intent(int number) {
        String values = Stream.iterate(0, n -> n + 1)
                .limit(20)
                .map(n -> "\"" + TEXT.substring(4) + "%04d\"".formatted(n))
                .collect(Collectors.joining(","));
        String expressions = IntStream.range(0, 20)
                .mapToObj(n -> "{\"key\":\"k%d\",\"operator\":\"In\",\"values\":[%s]}".formatted(n, values))
                .collect(Collectors.joining(","));
        String rules = IntStream.range(0, 48)
                .mapToObj(n ->
                        ("{\"to\":{\"workload\":{\"namespace\":\"%s\",\"podSelector\":{\"matchExpressions\":[%s]}}},"
                                        + "\"ports\":[{\"port\":%d}]}")
                                .formatted(other, expressions, 8000 + n))
                .collect(Collectors.joining(","));
        String intent = ("{\"apiVersion\":\"bulkhead.dev/v1alpha1\",\"kind\":\"AccessIntent\","
                        + "\"metadata\":{\"namespace\":\"%s\",\"name\":\"large-%d\"},"
                        + "\"spec\":{\"workload\":{\"serviceAccount\":\"own-%d\"},\"outbound\":[%s]}}")
                .formatted(crowded, number, number, rules);
        return Serialization.unmarshal(intent, GenericKubernetesResource.class);
    }

    /** 600 kB of labels, which no other pod has. */
    private HasMetadata pod(int number) {
        ObjectMeta metadata = named("labels", number);
        metadata.setLabels(IntStream.range(0, 6000)
                .boxed()
                .collect(Collectors.toMap(
                        n -> "example.com/%s-%d-%d".formatted("l".repeat(20), number, n), n -> TEXT)));
        return new PodBuilder()
                .withMetadata(metadata)
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("registry.example/main:1")
                .endContainer()
                .endSpec()
                .build();
    }

    /** 1.2 MB of environment. */
    private HasMetadata deployment(int number) {
        Map<String, String> labels = Map.of("app", "environment-" + number);
        return new DeploymentBuilder()
                .withMetadata(named("environment", number))
                .withNewSpec()
                .withPaused(true)
                .withReplicas(0)
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("registry.example/main:1")
                .withEnv(IntStream.range(0, 1200)
                        .mapToObj(n -> new EnvVar("v" + n, "z".repeat(1000), null))
                        .toList())
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private HasMetadata service(int number) {
        ObjectMeta metadata = named("notes", number);
        metadata.setAnnotations(Map.of("note", "a".repeat(250_000)));
        return new ServiceBuilder()
                .withMetadata(metadata)
                .withNewSpec()
                .withSelector(Map.of("app", "notes-" + number))
                .addNewPort()
                .withPort(80)
                .endPort()
                .endSpec()
                .build();
    }
}
