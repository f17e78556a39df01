package dev.bulkhead.app.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bulkhead.app.Program;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What an API server was seen to refuse is refused from files too, and what it takes is taken. */
class RefusedByTheApiServerTest {

    private static final Path CASES =
            Golden.ROOT.resolve("operator/testkit/src/test/resources/dev/bulkhead/testkit/crd");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> whatAnApiServerRefusesIsRefused() throws IOException {
        return cases("refused.yaml")
                .map(refused -> dynamicTest(refused.get("case").asText(), () -> {
                    Program.Result result = render(refused);

                    assertEquals(1, result.exitCode(), result.out());
                    assertTrue(result.err().contains("case.yaml:"), result.err());
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatAnApiServerTakesIsTaken() throws IOException {
        return cases("stored.yaml")
                .map(stored -> dynamicTest(stored.get("case").asText(), () -> {
                    Program.Result result = render(stored);

                    assertEquals(0, result.exitCode(), result.err());
                }));
    }

    private static Stream<JsonNode> cases(String file) throws IOException {
        JsonNode cases = Serialization.unmarshal(Files.readString(CASES.resolve(file)), JsonNode.class);
        return StreamSupport.stream(cases.spliterator(), false);
    }

    private Program.Result render(JsonNode object) throws IOException {
        StringBuilder yaml = new StringBuilder("apiVersion: bulkhead.dev/v1alpha1\n")
                .append("kind: ")
                .append(object.get("kind").asText())
                .append("\nmetadata: ")
                .append(object.has("metadata") ? object.get("metadata") : "{name: one}")
                .append('\n');
        if (object.has("spec")) {
            yaml.append("spec: ").append(object.get("spec")).append('\n');
        }
        Path file = folder.resolve("case.yaml");
        Files.writeString(file, yaml);
        return Golden.render(file, List.of());
    }
}
