package dev.bulkhead.testkit.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The schemas that an API server publishes, as files that kubeconform reads. */
final class ApiSchemas {

    /** Where kubeconform finds the schema of a kind: of a version without a group that stands for both. */
    static final String FILES = "{{.Group}}_{{.ResourceKind}}_{{.ResourceAPIVersion}}.json";

    private static final String COMPONENTS = "/components/schemas";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final Path folder;

    ApiSchemas(KubernetesClient client, Path folder) {
        this.client = client;
        this.folder = folder;
    }

    boolean publishes(String apiVersion) {
        return client.raw("/openapi/v3").contains("\"" + path(apiVersion) + "\"");
    }

    /** Writes those of all kinds of a group and version. */
    void write(String apiVersion) throws IOException {
        JsonNode published = JSON.readTree(client.raw("/openapi/v3/" + path(apiVersion)));
        forbidUnknownFields(published.at(COMPONENTS));
        String[] groupAndVersion = apiVersion.split("/", -1);
        String version = groupAndVersion[groupAndVersion.length - 1];
        for (var schema : published.at(COMPONENTS).properties()) {
            for (JsonNode kind : schema.getValue().path("x-kubernetes-group-version-kind")) {
                ObjectNode root = JSON.createObjectNode().put("$ref", "#" + COMPONENTS + "/" + schema.getKey());
                root.set("components", published.get("components"));
                Files.writeString(
                        folder.resolve(groupAndVersion[0] + "_"
                                + kind.get("kind").asText().toLowerCase(Locale.ROOT) + "_" + version + ".json"),
                        root.toString());
            }
        }
    }

    private static String path(String apiVersion) {
        return (apiVersion.contains("/") ? "apis/" : "api/") + apiVersion;
    }

    /** The server drops fields that it does not know; whoever writes one means something by it. */
    private static void forbidUnknownFields(JsonNode node) {
        if (node instanceof ObjectNode schema
                && schema.path("properties").isObject()
                && "object".equals(schema.path("type").asText())
                && !schema.has("additionalProperties")
                && !schema.has("x-kubernetes-preserve-unknown-fields")) {
            schema.put("additionalProperties", false);
        }
        node.forEach(ApiSchemas::forbidUnknownFields);
    }
}
