package dev.bulkhead.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.common.collect.Streams;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a command prints as JSON has the shape that the schema in the jar says. */
class SchemasTest {

    private static final Path ROOT = Path.of(System.getProperty("bulkhead.root"));
    private static final String SHOP = ROOT.resolve("examples/shop").toString();
    private static final String TRAPS = ROOT.resolve("examples/traps").toString();
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Output(String schema, List<String> command) {}

    static Stream<Output> outputs() {
        return Stream.of(
                new Output("connectivity", List.of("connectivity", "-f", SHOP)),
                new Output("connectivity", List.of("connectivity", "-f", TRAPS)),
                new Output("diff", List.of("diff", "--base", SHOP, "--head", TRAPS)),
                new Output("diff", List.of("diff", "--base", SHOP, "--head", SHOP)),
                new Output("explain", List.of("explain", "-f", SHOP, "shop/checkout", "pay/payments", "8443")),
                new Output("explain", List.of("explain", "-f", SHOP, "shop/checkout", "pay/payments", "8444")),
                new Output("explain", List.of("explain", "-f", SHOP, "192.0.2.1", "pay/ledger", "sql")),
                new Output("explain", List.of("explain", "-f", SHOP, "pay/ledger-0", "pay/ledger-0", "1")),
                new Output("explain", List.of("explain", "-f", TRAPS, "trap-05/web", "trap-05/db", "5432")),
                new Output("blast-radius", List.of("who-can-reach", "-f", SHOP, "pay/ledger", "--hops", "all")),
                new Output("blast-radius", List.of("reachable-from", "-f", SHOP, "pay/payments")),
                new Output("plan", List.of("plan", "-f", SHOP)),
                new Output("plan", List.of("plan", "-f", SHOP, "--base", SHOP)),
                new Output("status", List.of("status", "-f", SHOP)),
                new Output("status", List.of("status", "-f", "src/test/resources/commands/status.in.yaml")),
                new Output("lint", List.of("lint", "-f", "src/test/resources/lint")),
                new Output("lint", List.of("lint", "-f", SHOP)));
    }

    private static JsonNode run(Output output) throws JsonProcessingException {
        Program.Result result = Program.run(Stream.concat(output.command().stream(), Stream.of("-o", "json"))
                .toList());
        assertNotEquals(ExitCode.FAILED, result.exitCode(), result.err());
        return JSON.readTree(result.out());
    }

    private static Set<ValidationMessage> problems(String schema, JsonNode document) throws IOException {
        try (var text = SchemasTest.class.getResourceAsStream("/schemas/" + schema + ".schema.json")) {
            JsonSchema compiled = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(JSON.readTree(text));
            return compiled.validate(document);
        }
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void whatACommandPrintsFitsItsSchema(Output output) throws IOException {
        assertEquals(Set.of(), problems(output.schema(), run(output)));
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void aSchemaRefusesWhatItDoesNotName(Output output) throws IOException {
        JsonNode document = run(output);
        for (ObjectNode part : objects(document).toList()) {
            part.put("unforeseen", true);
            assertFalse(problems(output.schema(), document).isEmpty(), part::toString);
            part.remove("unforeseen");
        }
    }

    /** Every object in it, however deep. */
    private static Stream<ObjectNode> objects(JsonNode node) {
        Stream<ObjectNode> inside = Streams.stream(node.elements()).flatMap(SchemasTest::objects);
        return node instanceof ObjectNode object ? Stream.concat(Stream.of(object), inside) : inside;
    }

    @Test
    void theFormatOfTestFilesHasASchemaForEditors() throws IOException {
        JsonNode file = new YAMLMapper()
                .readTree(ROOT.resolve("examples/connectivity-tests.yaml").toFile());

        assertEquals(Set.of(), problems("connectivity-test", file));
        ((ObjectNode) file.path("tests").path(0)).put("expect", "Perhaps");
        assertFalse(problems("connectivity-test", file).isEmpty());
    }
}
