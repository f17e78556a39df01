package dev.bulkhead.testkit.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPathTest {

    private static final JsonNode OBJECT = Json.read("""
            metadata: {labels: {example.com/team: a}, name: x}
            spec: {workload: {serviceAccount: web}, nothing: null, ports: [{port: 80}, {port: 443}]}
            status: {conditions: [{type: Known, status: "False"}, {type: Ready, status: "True"}]}
            """);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            .metadata.name | x
            .metadata.labels.example\\.com/team | a
            .spec.workload.* | web
            .spec.ports[1].port | 443
            .spec.ports[*].port | 80
            .status.conditions[?(@.type=="Ready")].status | True
            """)
    void pathsLeadToTheFirstOfWhatTheyName(String path, String found) {
        assertEquals(Optional.of(found), new JsonPath(path).first(OBJECT).map(JsonNode::asText));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            .spec.absent.deeper
            .spec.nothing
            .spec.ports[7].port
            .status.conditions[?(@.type=="Other")].status
            """)
    void pathsLeadToNothingWhereThereIsNothing(String path) {
        assertEquals(Optional.empty(), new JsonPath(path).first(OBJECT));
    }

    @Test
    void whatIsNoPathIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new JsonPath("{range}").first(OBJECT));
    }
}
