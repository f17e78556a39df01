package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * As much of the OpenAPI documents as kubectl asks for before it applies a file: that patches take the parameter
 * {@code fieldValidation}, so that it leaves the validation to the server.
 */
final class OpenApi {

    private final ResourceTypes types;

    OpenApi(ResourceTypes types) {
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
        for (ResourceType type : types.all()) {
            for (String version : type.versions()) {
                if (path(type, version).equals(String.join("/", path))) {
                    describe(type, version, paths);
                }
            }
        }
        return document;
    }

    private static void describe(ResourceType type, String version, ObjectNode paths) {
        String namespace = type.namespaced() ? "/namespaces/{namespace}" : "";
        ObjectNode patch = paths.putObject("/" + path(type, version) + namespace + "/" + type.plural() + "/{name}")
                .putObject("patch");
        patch.putObject("x-kubernetes-group-version-kind")
                .put("group", type.group())
                .put("version", version)
                .put("kind", type.kind());
        ObjectNode parameter = patch.putArray("parameters")
                .addObject()
                .put("name", "fieldValidation")
                .put("in", "query");
        parameter.putObject("schema").put("type", "string");
        patch.putObject("responses");
    }

    private static String path(ResourceType type, String version) {
        return (type.group().isEmpty() ? "api/" : "apis/" + type.group() + "/") + version;
    }
}
