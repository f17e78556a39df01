package dev.bulkhead.testkit.embedded;

import java.util.List;

/**
 * A kind of object that the API server serves.
 *
 * @param group the API group, empty for the core
 * @param versions the versions in which it is served, the preferred first
 * @param status whether it has a status subresource
 * @param generation whether its metadata count the changes to its spec
 */
record ResourceType(
        String group,
        List<String> versions,
        String kind,
        String plural,
        List<String> shortNames,
        boolean namespaced,
        boolean status,
        boolean generation) {

    ResourceType {
        versions = List.copyOf(versions);
        shortNames = List.copyOf(shortNames);
    }

    /** Such as {@code networkpolicies.networking.k8s.io}, as messages name it. */
    String qualifiedPlural() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    String apiVersion(String version) {
        return group.isEmpty() ? version : group + "/" + version;
    }

    String preferredApiVersion() {
        return apiVersion(versions.get(0));
    }
}
