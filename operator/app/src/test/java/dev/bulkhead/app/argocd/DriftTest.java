package dev.bulkhead.app.argocd;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever the API server fills in, it never looks as if the cluster had drifted from Git. */
@OnControlPlane(value = ControlPlaneKind.REAL, workloads = false, shared = true)
class DriftTest {

    private static final Path EXAMPLES = HealthScript.ROOT.resolve("examples");
    private static final String API = "bulkhead.dev/v1alpha1";

    private final KubernetesClient client;
    private final ArgoCd argoCd;

    DriftTest(KubernetesClient client) {
        this.client = client;
        argoCd = new ArgoCd(client, "examples");
    }

    @BeforeAll
    static void installDefinitions(KubernetesClient client) {
        for (String kind : List.of("accessintents", "guardrails", "segments", "wellknownpeers")) {
            client.load(DriftTest.class.getResourceAsStream("/crds/bulkhead.dev_" + kind + ".yaml"))
                    .serverSideApply();
        }
        Await.until(
                "all kinds are served",
                Duration.ofSeconds(30),
                () -> HealthScript.KINDS.stream()
                        .allMatch(kind -> client.getApiResources(API) != null
                                && client.getApiResources(API).getResources().stream()
                                        .anyMatch(resource -> resource.getKind().equals(kind))));
    }

    @TestFactory
    Stream<DynamicTest> theExamplesStayInSync() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream()
                    .filter(DriftTest::holdsOurKinds)
                    .map(file -> dynamicTest(EXAMPLES.relativize(file).toString(), () -> {
                        Map<Integer, List<HasMetadata>> waves = ArgoCd.waves(client, List.of(file));
                        waves.values().stream()
                                .flatMap(Collection::stream)
                                .filter(object -> object.getApiVersion().equals(API)
                                        && HealthScript.KINDS.contains(object.getKind()))
                                .forEach(this::assertStaysInSync);
                    }));
        }
    }

    private static boolean holdsOurKinds(Path file) {
        try {
            String text = Files.readString(file);
            return HealthScript.KINDS.stream().anyMatch(kind -> text.contains("\nkind: " + kind + "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertStaysInSync(HasMetadata object) {
        if (object.getMetadata().getNamespace() != null) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(object.getMetadata().getNamespace())
                            .endMetadata()
                            .build())
                    .serverSideApply();
        }
        argoCd.apply(object);

        assertTrue(argoCd.isInSync(object), object::toString);
        assertTrue(argoCd.wouldChangeNothing(object), object::toString);

        client.resource(object).delete();
    }
}
