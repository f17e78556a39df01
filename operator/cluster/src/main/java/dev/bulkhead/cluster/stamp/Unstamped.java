package dev.bulkhead.cluster.stamp;

import java.util.Optional;

/**
 * A pod whose label does not say what its service account is.
 *
 * @param uid so that another pod of the same name is not taken for it
 * @param stamp what the label should say; empty where there should be none
 */
public record Unstamped(String namespace, String name, String uid, Optional<String> stamp) {

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
