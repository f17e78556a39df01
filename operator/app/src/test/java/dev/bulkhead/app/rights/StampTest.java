package dev.bulkhead.app.rights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.Program;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.InstalledIdentityPolicies;
import dev.bulkhead.testkit.chart.ChartAccount;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster's way to identity: pods that run, then admission policies, then {@code bulkhead stamp} with the rights that the
 * chart gives its Job and no others.
 */
@OnControlPlane(ControlPlaneKind.REAL)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StampTest {

    private static final String SHOP = "shop";
    private static final String LONG = "a".repeat(64);
    /** More than a page of a list holds. */
    private static final int MANY = 520;

    @TempDir
    private static Path folder;

    private static ControlPlane controlPlane;
    private static KubernetesClient client;
    private static Path kubeconfig;

    @BeforeAll
    static void podsRun(ControlPlane running) {
        controlPlane = running;
        client = controlPlane.client();
        for (String namespace : List.of(SHOP, ChartAccount.NAMESPACE)) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .create();
        }
        for (String account : List.of("checkout", LONG)) {
            client.resource(new ServiceAccountBuilder()
                            .withNewMetadata()
                            .withName(account)
                            .withNamespace(SHOP)
                            .endMetadata()
                            .build())
                    .create();
        }
        IntStream.range(0, MANY).forEach(i -> run("old-" + i, "checkout", Map.of()));
        run("forged", "checkout", Map.of(Identity.LABEL, "payments"));
        run("long", LONG, Map.of(Identity.LABEL, "payments"));
        run("a-guarded", "checkout", Map.of("guarded", "yes"));
        ChartAccount account = ChartAccount.ofStamp(controlPlane);
        account.create();
        kubeconfig = account.kubeconfig(folder.resolve("kubeconfig"));
    }

    private static void run(String name, String account, Map<String, String> labels) {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(SHOP)
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .withServiceAccountName(account)
                        .withSchedulerName("nobody")
                        .addNewContainer()
                        .withName("main")
                        .withImage("none")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    private static Program.Result stamp(String... options) {
        return Program.run(Stream.concat(
                        Stream.of("stamp", "--kubeconfig", kubeconfig.toString(), "--rate", "1000"), Stream.of(options))
                .toList());
    }

    private static String label(String pod) {
        Pod found = client.pods().inNamespace(SHOP).withName(pod).get();
        return found.getMetadata().getLabels() == null
                ? null
                : found.getMetadata().getLabels().get(Identity.LABEL);
    }

    @Test
    @Order(1)
    void whereTheApiServerDoesNotStampNothingIsWritten() {
        Program.Result result = stamp();

        assertEquals(1, result.exitCode(), result.out());
        assertTrue(result.err().contains("it took a label for true that is not"), result.err());
        assertTrue(result.err().contains("identity.enabled"), result.err());
        assertNull(label("old-0"));
        assertEquals("payments", label("forged"));
    }

    @Test
    @Order(2)
    void aDryRunSaysWhatThereIsToDo() {
        InstalledIdentityPolicies.install(controlPlane);

        Program.Result result = stamp("--dry-run");

        assertEquals(0, result.exitCode(), result.err());
        assertEquals("""
                523 pods: 0 with the stamp that they should have, 523 without
                shop/long gets no identity: the name of its service account is longer than 63 characters; run it under another one
                """, result.out());
        assertNull(label("old-0"));
    }

    @Test
    @Order(3)
    void everyPodIsStampedButThoseThatTheApiServerRefuses() {
        guard();

        Program.Result result = stamp();

        assertEquals(1, result.exitCode(), result.out());
        assertTrue(result.out().contains("500 of 523\n"), result.out());
        assertTrue(result.out().endsWith("522 stamped, 0 gone meanwhile, 1 refused\n"), result.out());
        assertTrue(result.err().startsWith("shop/a-guarded is refused: "), result.err());
        assertTrue(result.err().contains("this pod is guarded"), result.err());
        assertEquals("checkout", label("old-0"));
        assertEquals("checkout", label("old-" + (MANY - 1)));
        assertEquals("checkout", label("forged"));
        assertNull(label("long"));
        assertNull(label("a-guarded"));
    }

    /** Another admission policy of the cluster, which wants nobody to write some pod. */
    private static void guard() {
        String policy = """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: guard}
                spec:
                  matchConstraints:
                    resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [UPDATE], resources: [pods]}]
                  validations:
                  - expression: "!('guarded' in object.metadata.?labels.orValue({}))"
                    message: this pod is guarded
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: guard}
                spec: {policyName: guard, validationActions: [Deny]}
                """;
        client.load(new ByteArrayInputStream(policy.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(object -> client.resource(object).create());
        Await.until("it is guarded", Duration.ofSeconds(30), StampTest::isGuarded);
    }

    private static boolean isGuarded() {
        try {
            client.pods()
                    .inNamespace(SHOP)
                    .withName("a-guarded")
                    .dryRun()
                    .edit(pod -> new PodBuilder(pod)
                            .editMetadata()
                            .addToAnnotations("try", "it")
                            .endMetadata()
                            .build());
            return false;
        } catch (KubernetesClientException e) {
            return e.getCode() == 422;
        }
    }

    @Test
    @Order(4)
    void runAgainItGoesOnWithWhatIsLeft() {
        client.admissionRegistration()
                .v1()
                .validatingAdmissionPolicyBindings()
                .withName("guard")
                .delete();
        Await.until("it is not guarded", Duration.ofSeconds(30), () -> !isGuarded());

        Program.Result result = stamp();

        assertEquals(0, result.exitCode(), result.err());
        assertTrue(
                result.out().startsWith("523 pods: 522 with the stamp that they should have, 1 without\n"),
                result.out());
        assertTrue(result.out().endsWith("1 stamped, 0 gone meanwhile, 0 refused\n"), result.out());
        assertEquals("checkout", label("a-guarded"));
        assertTrue(stamp().out().endsWith("0 stamped, 0 gone meanwhile, 0 refused\n"));
    }

    @Test
    @Order(5)
    void aRateThatIsNoneIsRefused() {
        for (String rate : List.of("0", "-1", "NaN", "1001")) {
            Program.Result result = Program.run(List.of("stamp", "--rate", rate));

            assertEquals(1, result.exitCode());
            assertTrue(result.err().startsWith("--rate: write a number above 0"), result.err());
        }
    }
}
