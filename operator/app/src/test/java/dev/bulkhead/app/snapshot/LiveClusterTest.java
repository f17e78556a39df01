package dev.bulkhead.app.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.Program;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a live cluster has is judged as the same objects are in files. */
@OnControlPlane(value = ControlPlaneKind.REAL, workloads = false, tenants = "nobody")
class LiveClusterTest {

    private static final String NAMESPACE = "live";
    /** More than a page of a list holds. */
    private static final int POLICIES = 520;

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private final ControlPlane controlPlane;

    @TempDir
    private Path folder;

    LiveClusterTest(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
    }

    @BeforeAll
    static void fill(ControlPlane controlPlane) {
        KubernetesClient client = controlPlane.client();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        for (HasMetadata object : objects()) {
            client.resource(object).inNamespace(NAMESPACE).create();
        }
    }

    private static List<HasMetadata> objects() {
        Stream<String> policies = IntStream.range(0, POLICIES)
                .mapToObj("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: serve-%1$d}
                spec:
                  podSelector: {matchLabels: {app: db}}
                  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: %1$d}]}]
                """::formatted)
                .map(text -> text.replace("serve-0", "serve-zero").replace("port: 0", "port: 5432"));
        Stream<String> workloads = Stream.of("web", "db").map("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec:
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec: {containers: [{name: c, image: example/c}]}
                """::formatted);
        return Stream.concat(workloads, policies)
                .<HasMetadata>map(SERIALIZATION::unmarshal)
                .toList();
    }

    private Program.Result run(String... arguments) {
        return Program.run(List.of(arguments));
    }

    private String[] live(String command, String... more) {
        return Stream.concat(
                        Stream.of(
                                command,
                                "--cluster",
                                "--kubeconfig",
                                controlPlane.kubeconfig().toString()),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    @Test
    void theConnectionsOfAClusterAreThoseOfItsObjectsInFiles() throws IOException {
        StringBuilder text = new StringBuilder();
        for (HasMetadata object : objects()) {
            text.append("---\n").append(SERIALIZATION.asYaml(object));
        }
        Path file = Files.writeString(folder.resolve("objects.yaml"), text, StandardCharsets.UTF_8);

        Program.Result cluster = run(live("connectivity"));
        Program.Result files = run("connectivity", "-n", NAMESPACE, "-f", file.toString());

        assertEquals(0, cluster.exitCode(), cluster.err());
        assertEquals(0, files.exitCode(), files.err());
        assertEquals(
                "live/web[Deployment] => live/db[Deployment] : TCP 1-519,5432",
                files.out()
                        .lines()
                        .filter(line -> line.contains("=> live/db"))
                        .findFirst()
                        .orElseThrow());
        assertEquals(about(files.out()), about(cluster.out()));
    }

    /** The cluster may have more than we put into it. */
    private static List<String> about(String connections) {
        return connections.lines().filter(line -> line.contains("live/")).toList();
    }

    @Test
    void explainAndTheOthersTakeAClusterToo() {
        Program.Result explained = run(live("explain", "live/web", "live/db", "5432"));

        assertEquals(0, explained.exitCode(), explained.err());
        assertTrue(explained.out().contains("allowed by live/serve-zero, ingress[0].from[0]"), explained.out());
        assertEquals(0, run(live("who-can-reach", "live/db")).exitCode());
    }

    /** No operator runs here, so that nothing is written. */
    @Test
    void explainJudgesThePoliciesThatAreInForceAndSaysThatTheyAreNotWhatIsDeclared() {
        KubernetesClient client = controlPlane.client();
        client.load(getClass().getResourceAsStream("/crds/bulkhead.dev_segments.yaml"))
                .items()
                .forEach(definition -> client.resource(definition).create());
        Await.until(
                "segments are served",
                Duration.ofSeconds(30),
                () -> client.getApiResources("bulkhead.dev/v1alpha1") != null);
        Resource<GenericKubernetesResource> segment = client.genericKubernetesResources(
                        "bulkhead.dev/v1alpha1", "Segment")
                .load(new ByteArrayInputStream("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: Segment
                metadata: {name: live}
                spec: {namespaces: [live], enforce: {ingress: true, egress: true}}
                """.getBytes(StandardCharsets.UTF_8)));
        segment.create();
        try {
            Program.Result explained = run(live("explain", "live/db", "live/web", "8080"));

            assertEquals(0, explained.exitCode(), explained.err());
            assertTrue(
                    explained.out().startsWith("live/db[Deployment] -> live/web[Deployment], TCP 8080: allowed\n"),
                    explained.out());
            assertTrue(
                    explained
                            .out()
                            .contains("differs  live: what is declared is not in force, at least not yet:"
                                    + " bulkhead-baseline is not there"),
                    explained.out());
        } finally {
            segment.delete();
        }
    }

    @Test
    void aPlanAddsTheFilesToWhatTheClusterHas() throws IOException {
        Path file = Files.writeString(folder.resolve("segment.yaml"), """
                apiVersion: bulkhead.dev/v1alpha1
                kind: Segment
                metadata: {name: live}
                spec: {namespaces: [live], enforce: {ingress: true, egress: true}}
                """);
        Program.Result plan = run(
                "plan",
                "-f",
                file.toString(),
                "--details",
                "--cluster",
                "--kubeconfig",
                controlPlane.kubeconfig().toString());

        assertEquals(2, plan.exitCode(), plan.err());
        assertTrue(plan.out().startsWith("2 policies to create, 0 to change, 0 to delete"), plan.out());
        assertTrue(plan.out().contains("create   live/bulkhead-baseline"), plan.out());
        assertTrue(
                plan.out().lines().anyMatch(line -> line.matches("live/web\\[Deployment] +live/db\\[Deployment] .*")),
                plan.out());
        assertEquals(
                POLICIES,
                controlPlane
                        .client()
                        .network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(NAMESPACE)
                        .list()
                        .getItems()
                        .size(),
                "a plan writes nothing");
    }

    @Test
    void policiesOfKindsThatAreNotJudgedAreNamed() {
        KubernetesClient client = controlPlane.client();
        client.load(getClass().getResourceAsStream("/dev/bulkhead/app/endtoend/ciliumnetworkpolicies.yaml"))
                .items()
                .forEach(definition -> client.resource(definition).create());
        Await.until(
                "the other kind is served",
                Duration.ofSeconds(30),
                () -> client.getApiResources("cilium.io/v2") != null);
        client.resource("""
                apiVersion: cilium.io/v2
                kind: CiliumNetworkPolicy
                metadata: {name: l7, namespace: live}
                """).create();

        Program.Result lint = run(live("lint"));
        Program.Result connectivity = run(live("connectivity"));

        assertTrue(lint.out().contains("info BH018 CiliumNetworkPolicy.cilium.io live/l7"), lint.out() + lint.err());
        assertTrue(
                connectivity.err().contains("not judged: 1 of kind CiliumNetworkPolicy.cilium.io"), connectivity.err());
    }

    @Test
    void whoMayNotListIsToldWhat() {
        Program.Result refused = run(
                "connectivity",
                "--cluster",
                "--kubeconfig",
                controlPlane.kubeconfig("nobody").toString());

        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("the cluster's namespaces cannot be listed"), refused.err());
        assertFalse(refused.err().contains("\tat "), refused.err());
        assertEquals("", refused.out());
    }
}
