package dev.bulkhead.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.chart.ChartAccount;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image itself, run as the chart's Deployment runs it: its user, a root folder that cannot be written to and no other
 * folder, no capabilities, and the service account's token to show to a real API server.
 */
@OnControlPlane(ControlPlaneKind.REAL)
class ImageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FROM_ARCHIVE = "source: shared objects file";

    private static KubernetesClient client;
    private static Image image;
    private static Path folder;
    private static Sandbox operator;
    private static int consolePort;

    @BeforeAll
    static void start(ControlPlane controlPlane, @TempDir Path temporary) throws IOException, InterruptedException {
        Sandbox.require();
        folder = temporary;
        client = controlPlane.client();
        ImageDefinitions.install(client);
        image = Image.unpack(
                Path.of(System.getProperty("bulkhead.image")), Files.createDirectory(folder.resolve("image")));
        ChartAccount account = ChartAccount.ofOperator(controlPlane);
        account.create();
        List<Mount> mounts = new ArrayList<>();
        String watched = "-Xlog:class+load";
        if (ClassList.isToBeRefreshed()) {
            mounts.add(Mount.writable(Files.createDirectory(folder.resolve("recorded")), "/recorded"));
            watched = ClassList.recording("/recorded/classes");
        }
        ImageOperator started =
                ImageOperator.start(image, account.configuration(), folder.resolve("operator"), watched, mounts);
        operator = started.sandbox();
        consolePort = started.consolePort();
    }

    @AfterAll
    static void stop() {
        if (operator != null) {
            operator.close();
        }
    }

    @Test
    void anIntentBecomesAPolicyAndMostClassesComeFromTheArchive() throws IOException {
        apply("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: shop}
                """);
        apply("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: Segment
                metadata: {name: shop}
                spec:
                  namespaces: [shop]
                  enforce: {ingress: true, egress: true}
                """);
        apply("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: checkout, namespace: shop}
                spec:
                  workload: {podSelector: {matchLabels: {app: checkout}}}
                  outbound:
                  - to: {network: {cidr: 203.0.113.0/24}}
                    ports: [{port: 443}]
                """);

        Await.until("the policy is there", PATIENCE, () -> {
            assertTrue(operator.isRunning(), operator::log);
            return client.network().v1().networkPolicies().inNamespace("shop").list().getItems().stream()
                    .anyMatch(policy -> policy.getMetadata().getName().startsWith("bulkhead-egress-"));
        });

        if (ClassList.isToBeRefreshed()) {
            ClassList.refresh(folder.resolve("recorded/classes"));
            return;
        }
        List<String> loaded = operator.log()
                .lines()
                .filter(line -> line.contains("[class,load]") && line.contains(" source: "))
                .toList();
        long fromArchive =
                loaded.stream().filter(line -> line.contains(FROM_ARCHIVE)).count();
        assertTrue(
                fromArchive >= loaded.size() * 0.85,
                () -> fromArchive + " of " + loaded.size() + " classes come from the archive: refresh its list with "
                        + ClassList.REFRESH);
    }

    @Test
    void itServesTheConsoleToWhoeverShowsAToken() throws IOException, InterruptedException {
        String address = "http://127.0.0.1:" + consolePort;
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest question = HttpRequest.newBuilder(URI.create(address + "/api/v1/overview"))
                .header("Authorization", "Bearer " + client.getConfiguration().getOauthToken())
                .build();
        Await.until("the console answers", PATIENCE, () -> {
            try {
                return http.send(question, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        });
        HttpResponse<String> page = http.send(
                HttpRequest.newBuilder(URI.create(address + "/")).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("<title>Bulkhead</title>"), page.body());
    }

    @Test
    void itsCommandsRunToo() throws IOException, InterruptedException {
        try (Sandbox version =
                Sandbox.start(image, Map.of(), List.of(), List.of("--version"), folder.resolve("version"))) {
            assertEquals(0, version.exitCode(), version::log);
            assertTrue(version.log().startsWith("bulkhead "), version::log);
        }
        assertFalse(image.entrypoint().contains("operator"));
    }

    private static void apply(String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }
}
