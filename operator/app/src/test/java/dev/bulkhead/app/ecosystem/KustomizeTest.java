package dev.bulkhead.app.ecosystem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.common.collect.Streams;
import dev.bulkhead.app.Program;
import dev.bulkhead.app.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class KustomizeTest {

    private static final Path ROOT = Path.of(System.getProperty("bulkhead.root"));
    private static final Path EXAMPLE = ROOT.resolve("examples/kustomize");
    private static final YAMLMapper YAML = new YAMLMapper();

    static boolean kubectl() {
        return Shell.has("kubectl");
    }

    @Test
    @EnabledIf(value = "kubectl", disabledReason = "kubectl is not on the PATH")
    void everyReferenceFollowsWhatAnOverlayRenames(@TempDir Path folder) throws Exception {
        Program.Result built = new Shell(folder)
                .run("kubectl", "kustomize", EXAMPLE.resolve("staging").toString());
        assertEquals(0, built.exitCode(), built.err());
        Path file = Files.writeString(folder.resolve("staging.yaml"), built.out());

        Program.Result rendered = Program.run(List.of("render", "-f", file.toString()));

        assertEquals(0, rendered.exitCode(), rendered.err());
        assertEquals(
                List.of("Open", "Open", "Open", "Open"),
                rendered.err()
                        .lines()
                        .skip(1)
                        .map(line -> line.contains(" Open ") ? "Open" : line)
                        .toList());
        assertFalse(rendered.err().contains("/checkout"), rendered.err());
    }

    /** A path that no kind has would rename nothing, silently. */
    @Test
    void everyPathOfTheConfigurationIsAFieldOfItsKind() throws IOException {
        JsonNode references =
                YAML.readTree(EXAMPLE.resolve("base/bulkhead.yaml").toFile()).path("nameReference");
        Set<String> unknown = new TreeSet<>();
        for (JsonNode reference : references) {
            for (JsonNode field : reference.path("fieldSpecs")) {
                String kind = field.path("kind").asText();
                String path = field.path("path").asText();
                JsonNode schema = schema(kind);
                for (String name : path.split("/", -1)) {
                    schema = schema.has("items") ? schema.path("items") : schema;
                    schema = schema.path("properties").path(name);
                }
                if (schema.isMissingNode()) {
                    unknown.add(kind + " " + path);
                }
            }
        }
        assertEquals(Set.of(), unknown);
    }

    private static JsonNode schema(String kind) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("crds"))) {
            for (Path file : files.toList()) {
                JsonNode definition = YAML.readTree(file.toFile()).path("spec");
                if (definition.path("names").path("kind").asText().equals(kind)) {
                    return Streams.stream(definition.path("versions"))
                            .findFirst()
                            .orElseThrow()
                            .path("schema")
                            .path("openAPIV3Schema");
                }
            }
        }
        throw new AssertionError("no definition of " + kind);
    }
}
