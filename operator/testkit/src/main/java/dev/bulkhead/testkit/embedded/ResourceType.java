package dev.bulkhead.testkit.embedded;

import java.util.List;

/**
 * A kind of object that the API server serves.
 *
 * @param group the API group, empty for the core
 * @param versions the versions in which it is served, the preferred first
 * @param categories the names under which kubectl shows it together with others
 * @param status whether it has a status subresource
 * @param generation whether its metadata count the changes to its spec
 */
record ResourceType(
        String group,
        List<String> versions,
        String kind,
        String plural,
        List<String> shortNames,
        List<String> categories,
        boolean namespaced,
        boolean status,
        boolean generation) {

    ResourceType {
        versions = List.copyOf(versions);
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
    }

    /** Such as {@code networkpolicies.networking.k8s.io}, as messages name it. */
    String qualifiedPlural() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /** The same, shown by {@code kubectl get all}. */
    ResourceType inAll() {
        return new ResourceType(
                group, versions, kind, plural, shortNames, List.of("all"), namespaced, status, generation);
    }

    String apiVersion(String version) {
        return group.isEmpty() ? version : group + "/" + version;
    }

    String preferredApiVersion() {
        return apiVersion(versions.get(0));
    }
}
