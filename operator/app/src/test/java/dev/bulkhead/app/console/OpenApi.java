package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** The interface as it is documented, to hold answers against. */
final class OpenApi {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ObjectNode document;

    OpenApi() throws IOException {
        try (InputStream in = OpenApi.class.getResourceAsStream("/console/openapi.yaml")) {
            document = (ObjectNode) MAPPER.valueToTree(Serialization.unmarshal(in, Object.class));
        }
    }

    JsonNode document() {
        return document;
    }

    /** What the answer says, having been held against a schema of the document. */
    JsonNode checked(String schema, String answer) {
        ObjectNode root = document.deepCopy();
        root.put("$ref", "#/components/schemas/" + schema);
        JsonNode value = json(answer);
        Set<ValidationMessage> problems = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(root)
                .validate(value);
        assertEquals(Set.of(), problems, answer);
        return value;
    }

    /** Likewise against a schema of the command that writes the same. */
    JsonNode checkedAsCommand(String schema, String answer) throws IOException {
        JsonNode value = json(answer);
        try (InputStream in = OpenApi.class.getResourceAsStream("/schemas/" + schema + ".schema.json")) {
            Set<ValidationMessage> problems = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in)
                    .validate(value);
            assertEquals(Set.of(), problems, answer);
        }
        return value;
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
