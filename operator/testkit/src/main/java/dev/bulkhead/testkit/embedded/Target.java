package dev.bulkhead.testkit.embedded;

import java.util.List;
import java.util.Set;

/**
 * What a request is about.
 *
 * @param version the API version under which it was asked for
 * @param namespace empty for cluster-scoped objects and for all namespaces
 * @param name empty for the collection
 * @param subresource empty for the object itself
 */
record Target(ResourceType type, String version, String namespace, String name, String subresource) {

    private static final Set<String> SUBRESOURCES_OF_NAMESPACES = Set.of("status", "finalize");

    /**
     * Reads a path.
     *
     * @throws ApiException if the path leads to nothing that is served
     */
    static Target of(List<String> path, ResourceTypes types) {
        boolean core = !path.isEmpty() && path.get(0).equals("api");
        int start = core ? 2 : 3;
        if (path.size() <= start) {
            throw notFound();
        }
        String group = core ? "" : path.get(1);
        String version = path.get(start - 1);
        List<String> rest = path.subList(start, path.size());
        String namespace = "";
        boolean namespaced = rest.size() >= 3
                && rest.get(0).equals("namespaces")
                && !(rest.size() == 3 && SUBRESOURCES_OF_NAMESPACES.contains(rest.get(2)));
        if (namespaced) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        ResourceType type = types.find(group, version, rest.get(0)).orElseThrow(Target::notFound);
        if (rest.size() > 3 || (namespaced && !type.namespaced())) {
            throw notFound();
        }
        return new Target(
                type, version, namespace, rest.size() > 1 ? rest.get(1) : "", rest.size() > 2 ? rest.get(2) : "");
    }

    boolean isCollection() {
        return name.isEmpty();
    }

    ObjectKey key() {
        return new ObjectKey(type, namespace, name);
    }

    boolean covers(ObjectKey key) {
        return key.type().equals(type)
                && (namespace.isEmpty() || namespace.equals(key.namespace()))
                && (name.isEmpty() || name.equals(key.name()));
    }

    private static ApiException notFound() {
        return ApiException.notFound("the server could not find the requested resource:");
    }
}
