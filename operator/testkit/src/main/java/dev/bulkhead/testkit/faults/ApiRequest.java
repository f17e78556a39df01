package dev.bulkhead.testkit.faults;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a request asks of the API server, in the words of its authorizer. Parts that a request does not have are empty.
 *
 * @param verb such as {@code list}; for paths that name no resource the HTTP method in lower case
 * @param resource in plural, such as {@code networkpolicies}; empty for paths that name none
 */
public record ApiRequest(
        String verb, String resource, String subresource, String namespace, String name, String userAgent, String uri) {

    private static final Set<String> SUBRESOURCES_OF_NAMESPACES = Set.of("status", "finalize");

    /** @param uri path and query */
    public static ApiRequest of(String method, String uri, String userAgent) {
        URI parsed = URI.create(uri);
        List<String> path = List.of(parsed.getPath().replaceFirst("^/", "").split("/"));
        int version = path.get(0).equals("api") ? 1 : 2;
        boolean resourcePath = Set.of("api", "apis").contains(path.get(0)) && path.size() > version + 1;
        if (!resourcePath) {
            return new ApiRequest(method.toLowerCase(Locale.ROOT), "", "", "", "", userAgent, uri);
        }
        List<String> rest = path.subList(version + 1, path.size());
        String namespace = "";
        if (rest.get(0).equals("namespaces") && rest.size() > 2 && !SUBRESOURCES_OF_NAMESPACES.contains(rest.get(2))) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        String name = rest.size() > 1 ? rest.get(1) : "";
        String subresource = rest.size() > 2 ? rest.get(2) : "";
        boolean watch = parsed.getQuery() != null && parsed.getQuery().matches("(.*&)?watch=(true|1)(&.*)?");
        return new ApiRequest(verb(method, name, watch), rest.get(0), subresource, namespace, name, userAgent, uri);
    }

    private static String verb(String method, String name, boolean watch) {
        return switch (method) {
            case "GET" -> watch ? "watch" : name.isEmpty() ? "list" : "get";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
            default -> method.toLowerCase(Locale.ROOT);
        };
    }

    public boolean isWatch() {
        return verb.equals("watch");
    }

    public boolean isWrite() {
        return Set.of("create", "update", "patch", "delete", "deletecollection").contains(verb);
    }

    @Override
    public String toString() {
        String object = namespace.isEmpty() ? name : namespace + "/" + name;
        return (verb + " " + (resource.isEmpty() ? uri : resource)
                        + (subresource.isEmpty() ? "" : "/" + subresource)
                        + " " + object)
                .strip();
    }
}
