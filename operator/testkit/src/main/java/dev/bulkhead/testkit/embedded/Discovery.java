package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tells clients such as kubectl what is served. */
final class Discovery {

    private final ResourceTypes types;

    private final OpenApi openApi;

    Discovery(ObjectStore store, ResourceTypes types) {
        this.types = types;
        openApi = new OpenApi(store, types);
    }

    /** The answer, if the path is one of discovery. */
    Optional<ObjectNode> answer(List<String> path) {
        return switch (String.join("/", path)) {
            case "version" -> Optional.of(version());
            case "api" -> Optional.of(coreVersions());
            case "apis" -> Optional.of(groups());
            case "api/v1" -> Optional.of(resources("", "v1"));
            case "openapi/v3" -> Optional.of(openApi.index());
            default -> answerForGroup(path);
        };
    }

    private Optional<ObjectNode> answerForGroup(List<String> path) {
        if (path.size() == 3 && path.get(0).equals("apis")) {
            return Optional.of(resources(path.get(1), path.get(2)));
        }
        boolean described = path.size() > 3 && path.subList(0, 2).equals(List.of("openapi", "v3"));
        return described ? Optional.of(openApi.document(path.subList(2, path.size()))) : Optional.empty();
    }

    private static ObjectNode version() {
        return Json.object()
                .put("major", "1")
                .put("minor", "36")
                .put("gitVersion", "v1.36.3+embedded")
                .put("platform", "jvm");
    }

    private static ObjectNode coreVersions() {
        ObjectNode versions = Json.object().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        return versions;
    }

    private ObjectNode groups() {
        Map<String, ObjectNode> groups = new TreeMap<>();
        for (ResourceType type : types.all()) {
            if (!type.group().isEmpty()) {
                groups.computeIfAbsent(type.group(), name -> group(type));
            }
        }
        ObjectNode list = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
        list.putArray("groups").addAll(groups.values());
        return list;
    }

    private static ObjectNode group(ResourceType type) {
        ObjectNode group = Json.object().put("name", type.group());
        ArrayNode versions = group.putArray("versions");
        for (String version : type.versions()) {
            versions.addObject().put("groupVersion", type.apiVersion(version)).put("version", version);
        }
        group.set("preferredVersion", versions.get(0));
        return group;
    }

    private ObjectNode resources(String group, String version) {
        ObjectNode list = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
        list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        ArrayNode resources = list.putArray("resources");
        for (ResourceType type : types.all()) {
            if (type.group().equals(group) && type.versions().contains(version)) {
                ObjectNode resource = resources
                        .addObject()
                        .put("name", type.plural())
                        .put("singularName", type.kind().toLowerCase(Locale.ROOT))
                        .put("namespaced", type.namespaced())
                        .put("kind", type.kind());
                ArrayNode verbs = resource.putArray("verbs");
                List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch")
                        .forEach(verbs::add);
                type.shortNames().forEach(resource.putArray("shortNames")::add);
                type.categories().forEach(resource.putArray("categories")::add);
            }
        }
        return list;
    }
}
