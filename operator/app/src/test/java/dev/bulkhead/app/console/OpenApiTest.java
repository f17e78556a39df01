package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The interface is documented as it is served. */
class OpenApiTest {

    private final Console console = new Console(null, null, null, null);

    @Test
    void everyPathIsDocumentedWithItsMethodAndItsParameters() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (Map.Entry<String, JsonNode> path :
                new OpenApi().document().get("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                documented.put(
                        path.getKey(), method.getKey().toUpperCase(Locale.ROOT) + " " + parameters(method.getValue()));
            }
        }
        Map<String, String> served = new TreeMap<>();
        console.parameters()
                .forEach((place, parameters) -> served.put(
                        Console.PREFIX + place,
                        console.method(Console.PREFIX + place) + " " + new TreeSet<>(parameters)));
        served.put("/api/v1/events", console.method("/api/v1/events") + " []");
        served.put("/api/v1/namespaces/{namespace}", console.method("/api/v1/namespaces/shop") + " []");
        assertEquals(served, documented);
    }

    private static Set<String> parameters(JsonNode operation) {
        return new TreeSet<>(StreamSupport.stream(operation.path("parameters").spliterator(), false)
                .filter(parameter -> !parameter.path("in").asText().equals("path"))
                .map(parameter -> parameter.has("name")
                        ? parameter.get("name").asText()
                        : parameter.get("$ref").asText().replaceAll(".*/", ""))
                .collect(Collectors.toSet()));
    }
}
