package dev.bulkhead.app.argocd;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.rights.ConfinedOperator;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.InstalledIdentityPolicies;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example of a repository, as Argo CD syncs it, under a running operator. */
@OnControlPlane(ControlPlaneKind.REAL)
class SyncTest {

    private static final Path EXAMPLE = HealthScript.ROOT.resolve("examples/argocd");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String API = "bulkhead.dev/v1alpha1";

    private final ControlPlane controlPlane;
    private final KubernetesClient client;
    private final ArgoCd argoCd;
    private ConfinedOperator operator;

    SyncTest(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        client = controlPlane.client();
        argoCd = new ArgoCd(client, "shop");
    }

    @BeforeEach
    void start() {
        for (String kind : List.of("accessintents", "guardrails", "segments", "wellknownpeers")) {
            client.load(SyncTest.class.getResourceAsStream("/crds/bulkhead.dev_" + kind + ".yaml"))
                    .serverSideApply();
        }
        InstalledIdentityPolicies.install(controlPlane);
        for (String name : List.of("shop", "pay")) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .serverSideApply();
        }
        operator = ConfinedOperator.start(controlPlane);
    }

    @AfterEach
    void stop() {
        for (String kind : List.of("AccessIntent", "Guardrail", "Segment")) {
            client.genericKubernetesResources(API, kind).inAnyNamespace().delete();
        }
        Await.until("all policies are gone", PATIENCE, () -> policies().isEmpty());
        operator.close();
    }

    @Test
    void f59_wavesComeToAnEndAndStayInSyncAndPoliciesCarryNoMarkOfArgoCd() {
        Map<Integer, List<HasMetadata>> waves = ArgoCd.waves(
                client,
                Stream.of("platform/guardrails", "platform/segments", "shop/intents", "shop/workloads")
                        .map(file -> EXAMPLE.resolve(file + ".yaml"))
                        .toList());
        sync(waves);
        HasMetadata checkout = waves.get(0).get(0);
        Await.until(
                "the other end is waited for",
                PATIENCE,
                () -> health(checkout).message().contains("outbound[0] AwaitingPeer"));
        assertEquals("Healthy", health(checkout).status());

        Map<Integer, List<HasMetadata>> other = ArgoCd.waves(
                client, List.of(EXAMPLE.resolve("pay/intents.yaml"), EXAMPLE.resolve("pay/workloads.yaml")));
        sync(other);
        Await.until(
                "the connection is open",
                PATIENCE,
                () -> health(checkout).message().equals("In force in 1 policy."));

        List<HasMetadata> ours = Stream.of(waves, other)
                .flatMap(each -> each.values().stream().flatMap(Collection::stream))
                .filter(SyncTest::isOurs)
                .toList();
        assertAll(ours.stream().map(object -> () -> {
            assertTrue(argoCd.isInSync(object), object::toString);
            assertTrue(argoCd.wouldChangeNothing(object), object::toString);
        }));
        // In each namespace the baseline, DNS and one half of the connection.
        assertEquals(6, policies().size());
        assertAll(policies().stream().map(policy -> () -> assertCarriesNoMark(policy)));
    }

    @Test
    void anIntentThatAGuardrailForbidsLaterIsDegradedWithTheGuardrailsWords() {
        HasMetadata intent = client.resource("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: refunds, namespace: pay}
                spec:
                  workload: {serviceAccount: refunds}
                  outbound: [{to: {wellKnown: Internet}, ports: [{port: 443}]}]
                """).item();
        sync(ArgoCd.waves(client, List.of(EXAMPLE.resolve("platform/segments.yaml"))));
        sync(Map.of(0, List.of(intent)));

        sync(ArgoCd.waves(client, List.of(EXAMPLE.resolve("platform/guardrails.yaml"))));

        Await.until(
                "the intent is degraded",
                PATIENCE,
                () -> health(intent).status().equals("Degraded"));
        Health health = health(intent);
        assertTrue(health.message().startsWith("outbound[0] Forbidden: "), health::message);
        assertTrue(health.message().contains("Card data stays in the payment segment"), health::message);
    }

    /** Applies wave after wave, each once all of the one before is healthy. */
    private void sync(Map<Integer, List<HasMetadata>> waves) {
        waves.forEach((wave, objects) -> {
            objects.forEach(argoCd::apply);
            objects.stream()
                    .filter(SyncTest::isOurs)
                    .forEach(object -> Await.until(
                            object.getKind() + " " + object.getMetadata().getName() + " of wave " + wave
                                    + " is healthy",
                            PATIENCE,
                            () -> health(object).status().equals("Healthy")));
        });
    }

    private Health health(HasMetadata object) {
        try {
            return HealthScript.of(object.getKind()).healthOf(argoCd.live(object));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOurs(HasMetadata object) {
        return object.getApiVersion().equals(API);
    }

    private List<NetworkPolicy> policies() {
        return client.network().v1().networkPolicies().inAnyNamespace().list().getItems();
    }

    /** Nothing by which Argo CD would show a policy as its own, or prune it. */
    private static void assertCarriesNoMark(NetworkPolicy policy) {
        ObjectMeta metadata = policy.getMetadata();
        assertFalse(metadata.getLabels().containsKey(ArgoCd.INSTANCE), metadata::toString);
        assertEquals(
                List.of(),
                Stream.concat(metadata.getLabels().keySet().stream(), metadata.getAnnotations().keySet().stream())
                        .filter(key -> key.contains("argoproj.io"))
                        .toList());
        assertEquals(List.of(), metadata.getOwnerReferences());
        assertEquals(List.of(), metadata.getFinalizers());
    }
}
