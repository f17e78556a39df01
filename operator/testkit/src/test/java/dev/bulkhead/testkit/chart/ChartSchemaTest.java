package dev.bulkhead.testkit.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.GoTool;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the chart renders, and what the documentation shows, held against the schemas of a real API server. */
@OnControlPlane(ControlPlaneKind.REAL)
class ChartSchemaTest {

    private static final Chart CHART = Chart.ofRepository();
    private static final String OUR_KINDS = "bulkhead.dev/v1alpha1";

    @TempDir
    private static Path schemas;

    @BeforeAll
    static void extract(ControlPlane controlPlane) throws IOException {
        for (HasMetadata definition : CHART.definitions()) {
            controlPlane.client().resource(definition).serverSideApply();
        }
        ApiSchemas published = new ApiSchemas(controlPlane.client(), schemas);
        Shop.eventually("our kinds are published", () -> published.publishes(OUR_KINDS));
        Set<String> versions = new TreeSet<>(Set.of("v1", "apps/v1", OUR_KINDS));
        ValueSets.all()
                .flatMap(values -> CHART.render(Chart.STAMPING_SERVER, values).stream())
                .map(HasMetadata::getApiVersion)
                .forEach(versions::add);
        for (String version : versions) {
            published.write(version);
        }
    }

    @Test
    void whateverIsRenderedFromWhicheverValuesFits(@TempDir Path folder) throws IOException, InterruptedException {
        List<Map<String, ?>> sets = ValueSets.all().toList();
        for (int i = 0; i < sets.size(); i++) {
            Files.writeString(
                    folder.resolve("values-" + i + ".yaml"), CHART.template(Chart.STAMPING_SERVER, sets.get(i)));
        }

        assertEquals("", problems(folder));
    }

    @Test
    void theExamplesFit() throws IOException, InterruptedException {
        assertEquals("", problems(Chart.repository().resolve("examples/shop")));
    }

    @Test
    void aFieldThatTheServerDoesNotKnowIsFound(@TempDir Path folder) throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve("misspelt.yaml"),
                CHART.template(Chart.STAMPING_SERVER, Map.of()).replace("maxUnavailable: 1", "maxUnavailble: 1"));

        String problems = problems(folder);

        assertTrue(problems.contains("maxUnavailble"), problems);
    }

    /** What kubeconform says of the manifests in a folder. */
    private static String problems(Path folder) throws IOException, InterruptedException {
        Process kubeconform = new ProcessBuilder(
                        GoTool.KUBECONFORM.executable().toString(),
                        "-strict",
                        "-schema-location",
                        schemas.resolve(ApiSchemas.FILES).toString(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(kubeconform.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(output.isEmpty(), kubeconform.waitFor() == 0, output);
        return output;
    }
}
