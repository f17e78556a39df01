package dev.bulkhead.app.argocd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lists are compared as a whole: what the API server fills in within one looks like drift to some ways of comparing. */
class DefaultsTest {

    @Test
    void noDefinitionFillsInAnythingWithinAList() throws IOException {
        Set<String> filledIn = new TreeSet<>();
        try (Stream<Path> definitions = Files.list(HealthScript.ROOT.resolve("crds"))) {
            for (Path definition : definitions.toList()) {
                JsonNode schema = new YAMLMapper()
                        .readTree(definition.toFile())
                        .path("spec")
                        .path("versions")
                        .path(0)
                        .path("schema")
                        .path("openAPIV3Schema");
                collect(definition.getFileName().toString(), schema, false, filledIn);
            }
        }
        assertEquals(Set.of(), filledIn);
    }

    private static void collect(String path, JsonNode schema, boolean withinList, Set<String> filledIn) {
        if (withinList && schema.has("default")) {
            filledIn.add(path);
        }
        schema.path("properties")
                .properties()
                .forEach(field -> collect(path + "." + field.getKey(), field.getValue(), withinList, filledIn));
        if (schema.has("items")) {
            collect(path + "[]", schema.path("items"), true, filledIn);
        }
    }
}
