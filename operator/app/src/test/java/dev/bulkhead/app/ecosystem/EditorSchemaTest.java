package dev.bulkhead.app.ecosystem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code examples/editors}: schemas by which editors complete, explain and mark; made from {@code crds}. */
class EditorSchemaTest {

    private static final Path ROOT = Path.of(System.getProperty("bulkhead.root"));
    private static final Path FOLDER = ROOT.resolve("examples/editors");
    private static final Path EXAMPLES = ROOT.resolve("examples");
    private static final String API = "bulkhead.dev/v1alpha1";
    private static final String TEST_FILE = "ConnectivityTest";
    private static final Pattern MODELINE =
            Pattern.compile("^# yaml-language-server: \\$schema=(\\S+)$", Pattern.MULTILINE);
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);
    private static final YAMLMapper YAML = new YAMLMapper();

    /** {@code -Dbulkhead.golden.update=true} writes them anew. */
    @Test
    void theCommittedSchemasAreThoseOfTheDefinitions() throws IOException {
        List<EditorSchema> schemas = new ArrayList<>(EditorSchema.all(ROOT.resolve("crds")));
        schemas.add(EditorSchema.ofAnyKind(schemas));
        for (EditorSchema schema : schemas) {
            Path file = FOLDER.resolve(schema.fileName());
            if (Boolean.getBoolean("bulkhead.golden.update")) {
                Files.writeString(file, schema.text());
            }
            assertEquals(schema.text(), Files.readString(file), file.toString());
        }
    }

    @TestFactory
    Stream<DynamicTest> everyExampleFitsAndAFieldThatIsNotThereIsMarked() throws IOException {
        JsonSchema anyKind =
                SCHEMAS.getSchema(FOLDER.resolve("bulkhead.schema.json").toUri());
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream()
                    .map(file -> dynamicTest(EXAMPLES.relativize(file).toString(), () -> {
                        for (JsonNode object : ours(file)) {
                            assertEquals(Set.of(), anyKind.validate(object), object::toString);
                            ((ObjectNode) object.path("spec")).put("unforeseen", true);
                            assertFalse(anyKind.validate(object).isEmpty(), object::toString);
                        }
                    }));
        }
    }

    @Test
    void theModelineOfTheExampleNamesASchemaThatTheFileFits() throws IOException {
        Path file = FOLDER.resolve("intent.yaml");
        Matcher modeline = MODELINE.matcher(Files.readString(file));
        assertTrue(modeline.find());

        JsonSchema schema = SCHEMAS.getSchema(FOLDER.resolve(modeline.group(1)).toUri());

        assertEquals(Set.of(), schema.validate(YAML.readTree(file.toFile())));
    }

    private static List<JsonNode> ours(Path file) throws IOException {
        try (var documents = YAML.readerFor(JsonNode.class).readValues(new YAMLFactory().createParser(file.toFile()))) {
            List<JsonNode> ours = new ArrayList<>();
            while (documents.hasNext()) {
                JsonNode document = (JsonNode) documents.next();
                if (document.path("apiVersion").asText().equals(API)
                        && !document.path("kind").asText().equals(TEST_FILE)) {
                    ours.add(document);
                }
            }
            return ours;
        }
    }
}
