package dev.bulkhead.app.rights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.marcnuri.helm.Helm;
import dev.bulkhead.cluster.OperatorSettings;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.chart.ChartAccount;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster's years with the chart, in a minute: no step of them writes a policy. */
@OnControlPlane(ControlPlaneKind.REAL)
class ChartLifecycleTest {

    private static final Path CHART = Path.of(System.getProperty("bulkhead.root"), "charts", "bulkhead");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String MANIFESTS = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: bulkhead.dev/v1alpha1
            kind: Segment
            metadata: {name: shop}
            spec:
              namespaces: [shop]
              enforce: {ingress: true, egress: true}
            ---
            apiVersion: bulkhead.dev/v1alpha1
            kind: AccessIntent
            metadata: {name: checkout, namespace: shop}
            spec:
              workload: {podSelector: {matchLabels: {app: checkout}}}
              outbound:
              - to: {network: {cidr: 203.0.113.0/24}}
                ports: [{port: 443}]
            """;

    @Test
    void upgradedRemovedAndInstalledAgainTheChartLeavesEveryPolicyUntouched(
            ControlPlane controlPlane, @TempDir Path folder) throws IOException {
        KubernetesClient client = controlPlane.client();
        new Helm(previousChart(folder.resolve("previous")))
                .install()
                .withName("bulkhead")
                .withNamespace(ChartAccount.NAMESPACE)
                .createNamespace()
                .withKubeConfig(controlPlane.kubeconfig())
                .call();
        Map<String, String> written;
        try (ConfinedOperator before = start(controlPlane)) {
            client.load(new ByteArrayInputStream(MANIFESTS.getBytes(StandardCharsets.UTF_8)))
                    .serverSideApply();
            Await.until(
                    "the policy is there",
                    PATIENCE,
                    () -> policies(client).keySet().stream().anyMatch(name -> name.startsWith("bulkhead-egress-")));
            awaitStatus(client);
            written = policies(client);

            new Helm(CHART)
                    .upgrade()
                    .withName("bulkhead")
                    .withNamespace(ChartAccount.NAMESPACE)
                    .withKubeConfig(controlPlane.kubeconfig())
                    .call();
            // A definition was replaced, so its watch is opened anew.
            awaitReady("it works under the new chart's rights", before);
            assertTrue(shortNames(client).contains("seg"), "the definitions are the new chart's");
            assertEquals(written, policies(client));
        }

        Helm.uninstall("bulkhead")
                .withNamespace(ChartAccount.NAMESPACE)
                .withKubeConfig(controlPlane.kubeconfig())
                .call();
        assertEquals(written, policies(client));
        assertTrue(shortNames(client).contains("seg"), "the definitions stay, and all declarations with them");

        new Helm(CHART)
                .install()
                .withName("bulkhead")
                .withNamespace(ChartAccount.NAMESPACE)
                .withKubeConfig(controlPlane.kubeconfig())
                .call();
        try (ConfinedOperator after = start(controlPlane)) {
            // A second declaration shows that the operator has worked on the namespace.
            client.load(new ByteArrayInputStream(
                            MANIFESTS.replace("checkout", "catalogue").getBytes(StandardCharsets.UTF_8)))
                    .serverSideApply();
            Await.until(
                    "the new policy is there", PATIENCE, () -> policies(client).size() > written.size());
            Map<String, String> now = policies(client);
            now.keySet().retainAll(written.keySet());
            assertEquals(written, now);
            awaitReady("everything is watched", after);
        }
    }

    private static void awaitReady(String what, ConfinedOperator confined) {
        Await.until(what, PATIENCE, () -> confined.operator().unready().isEmpty());
    }

    private static ConfinedOperator start(ControlPlane controlPlane) {
        return ConfinedOperator.startInstalled(controlPlane, OperatorSettings.alone());
    }

    /** One that lacks what this one has: an older definition, and objects that came since. */
    private static Path previousChart(Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(CHART)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(CHART.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        replace(copy.resolve("Chart.yaml"), "version: 0.1.0", "version: 0.0.9");
        replace(copy.resolve("files/crds/bulkhead.dev_segments.yaml"), "    shortNames:\n    - \"seg\"\n", "");
        Files.delete(copy.resolve("templates/networkpolicy.yaml"));
        Files.delete(copy.resolve("templates/poddisruptionbudget.yaml"));
        return copy;
    }

    private static void replace(Path file, String text, String other) throws IOException {
        String content = Files.readString(file);
        assertTrue(content.contains(text), file + " has " + text);
        Files.writeString(file, content.replace(text, other));
    }

    private static List<String> shortNames(KubernetesClient client) {
        return client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("segments.bulkhead.dev")
                .get()
                .getSpec()
                .getNames()
                .getShortNames();
    }

    /** Which policies there are, each with what changes at every write. */
    private static Map<String, String> policies(KubernetesClient client) {
        Map<String, String> policies = new TreeMap<>();
        client.network()
                .v1()
                .networkPolicies()
                .inNamespace("shop")
                .list()
                .getItems()
                .forEach(policy -> policies.put(
                        policy.getMetadata().getName(),
                        policy.getMetadata().getUid() + " "
                                + policy.getMetadata().getResourceVersion()));
        return policies;
    }

    /** The operator says so once it has written all that it means to write. */
    private static void awaitStatus(KubernetesClient client) {
        Await.until("the intent is ready", PATIENCE, () -> {
            var intent = client.genericKubernetesResources("bulkhead.dev/v1alpha1", "AccessIntent")
                    .inNamespace("shop")
                    .withName("checkout")
                    .get();
            return intent.get("status", "observedGeneration") != null;
        });
    }
}
