package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * As much of the OpenAPI documents as kubectl asks for: before it applies a file, that patches take the parameter
 * {@code fieldValidation}, so that it leaves the validation to the server; and for {@code kubectl explain} the schemas of
 * CustomResourceDefinitions.
 */
final class OpenApi {

    private static final String KIND = "x-kubernetes-group-version-kind";

    private final ObjectStore store;
    private final ResourceTypes types;

    OpenApi(ObjectStore store, ResourceTypes types) {
        this.store = store;
        this.types = types;
    }

    ObjectNode index() {
        ObjectNode index = Json.object();
        ObjectNode paths = index.putObject("paths");
        for (ResourceType type : types.all()) {
            for (String version : type.versions()) {
                String path = path(type, version);
                paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path);
            }
        }
        return index;
    }

    /** Describes one group and version, such as {@code [apis, apps, v1]}. */
    ObjectNode document(List<String> path) {
        ObjectNode document = Json.object().put("openapi", "3.0.0");
        document.putObject("info").put("title", "Kubernetes").put("version", "v1.36.3");
        ObjectNode paths = document.putObject("paths");
        ObjectNode schemas = document.putObject("components").putObject("schemas");
        for (ResourceType type : types.all()) {
            for (String version : type.versions()) {
                if (path(type, version).equals(String.join("/", path))) {
                    describe(type, version, paths);
                    schemaOf(type, version)
                            .ifPresent(schema -> schemas.set(type.group() + "." + version + "." + type.kind(), schema));
                }
            }
        }
        return document;
    }

    private static void describe(ResourceType type, String version, ObjectNode paths) {
        String namespace = type.namespaced() ? "/namespaces/{namespace}" : "";
        ObjectNode object = paths.putObject("/" + path(type, version) + namespace + "/" + type.plural() + "/{name}");
        ObjectNode get = object.putObject("get");
        get.set(KIND, kind(type, version));
        get.putObject("responses");
        ObjectNode patch = object.putObject("patch");
        patch.set(KIND, kind(type, version));
        ObjectNode parameter = patch.putArray("parameters")
                .addObject()
                .put("name", "fieldValidation")
                .put("in", "query");
        parameter.putObject("schema").put("type", "string");
        patch.putObject("responses");
    }

    /** What a CustomResourceDefinition says about its fields; nothing for the kinds of Kubernetes itself. */
    private Optional<ObjectNode> schemaOf(ResourceType type, String version) {
        return store.get(new ObjectKey(ResourceTypes.CUSTOM_RESOURCE_DEFINITIONS, "", type.qualifiedPlural()))
                .flatMap(definition -> schemaOf(definition, version))
                .map(schema -> {
                    schema.putArray(KIND).add(kind(type, version));
                    return schema;
                });
    }

    private static Optional<ObjectNode> schemaOf(JsonNode definition, String version) {
        for (JsonNode served : definition.at("/spec/versions")) {
            if (served.path("name").asText().equals(version)
                    && served.at("/schema/openAPIV3Schema") instanceof ObjectNode schema) {
                return Optional.of(schema.deepCopy());
            }
        }
        return Optional.empty();
    }

    private static ObjectNode kind(ResourceType type, String version) {
        return Json.object().put("group", type.group()).put("version", version).put("kind", type.kind());
    }

    private static String path(ResourceType type, String version) {
        return (type.group().isEmpty() ? "api/" : "apis/" + type.group() + "/") + version;
    }
}
