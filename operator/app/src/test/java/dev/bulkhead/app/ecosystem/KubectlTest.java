package dev.bulkhead.app.ecosystem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bulkhead.app.Pages;
import dev.bulkhead.app.Program;
import dev.bulkhead.app.Shell;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation has people do with kubectl, done on a real API server. */
@OnControlPlane(value = ControlPlaneKind.REAL, workloads = false, shared = true)
class KubectlTest {

    private static final Path ROOT = Path.of(System.getProperty("bulkhead.root"));
    private static final String KUBECTL = "kubectl ";

    private final ControlPlane controlPlane;

    @TempDir
    private Path folder;

    KubectlTest(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
    }

    static boolean kubectl() {
        return Shell.has("kubectl");
    }

    @BeforeAll
    static void install(KubernetesClient client) {
        for (String kind : List.of("accessintents", "guardrails", "segments", "wellknownpeers")) {
            client.load(KubectlTest.class.getResourceAsStream("/crds/bulkhead.dev_" + kind + ".yaml"))
                    .serverSideApply();
        }
        Await.until(
                "all kinds are served",
                Duration.ofSeconds(30),
                () -> client.getApiResources("bulkhead.dev/v1alpha1") != null
                        && client.getApiResources("bulkhead.dev/v1alpha1").getResources().stream()
                                .anyMatch(resource -> resource.getKind().equals("WellKnownPeers")));
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("argocd")
                        .endMetadata()
                        .build())
                .serverSideApply();
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("argocd")
                        .withName("argocd-cm")
                        .endMetadata()
                        .withData(Map.of("url", "https://argocd.example.com"))
                        .build())
                .serverSideApply();
    }

    @TestFactory
    @EnabledIf(value = "kubectl", disabledReason = "kubectl is not on the PATH")
    Stream<DynamicTest> everyCommandOfThePagesWorks() {
        return Pages.withoutWalkthroughs().stream()
                .flatMap(page -> Pages.text(page).lines().filter(line -> line.startsWith(KUBECTL)))
                .map(command -> dynamicTest(command, () -> {
                    Program.Result result = run(command);
                    assertEquals(0, result.exitCode(), result.err());
                }));
    }

    @Test
    @EnabledIf(value = "kubectl", disabledReason = "kubectl is not on the PATH")
    void explainTeaches() throws Exception {
        String text = run("kubectl explain accessintent.spec.outbound.ports").out();

        assertTrue(text.contains("A number from 1 to 65535, or the name of a container's port"), text);
        assertTrue(text.contains("TCP, UDP or SCTP; TCP when left out."), text);
    }

    @Test
    @EnabledIf(value = "kubectl", disabledReason = "kubectl is not on the PATH")
    void theHealthChecksAreAddedToWhatArgoCdHas() throws Exception {
        run("kubectl patch configmap argocd-cm --namespace argocd --patch-file examples/argocd/argocd-cm.yaml");

        ConfigMap settings = controlPlane
                .client()
                .configMaps()
                .inNamespace("argocd")
                .withName("argocd-cm")
                .get();

        assertEquals("https://argocd.example.com", settings.getData().get("url"));
        assertTrue(settings.getData().containsKey("resource.customizations.health.bulkhead.dev_AccessIntent"));
    }

    @Test
    void everyFieldHasAText() throws IOException {
        Set<String> silent = new TreeSet<>();
        try (Stream<Path> files = Files.list(ROOT.resolve("crds"))) {
            for (Path file : files.toList()) {
                JsonNode definition = new YAMLMapper().readTree(file.toFile()).path("spec");
                JsonNode schema =
                        definition.path("versions").path(0).path("schema").path("openAPIV3Schema");
                collectSilent(definition.path("names").path("kind").asText(), schema, silent);
            }
        }
        assertEquals(Set.of(), silent);
    }

    private static void collectSilent(String path, JsonNode schema, Set<String> silent) {
        if (schema.path("description").asText().isBlank()) {
            silent.add(path);
        }
        schema.path("properties")
                .properties()
                .forEach(field -> collectSilent(path + "." + field.getKey(), field.getValue(), silent));
        schema.path("items")
                .path("properties")
                .properties()
                .forEach(field -> collectSilent(path + "." + field.getKey(), field.getValue(), silent));
    }

    private Program.Result run(String command) throws IOException, InterruptedException {
        return new Shell(folder)
                .with("KUBECONFIG", controlPlane.kubeconfig().toString())
                .run("sh", "-c", command.replace(" examples/", " " + ROOT + "/examples/"));
    }
}
