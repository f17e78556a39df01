package dev.bulkhead.cluster.decode;

/**
 * What is wrong with an object, and where.
 *
 * @param field from the object's root, as in {@code spec.outbound[0].to}
 * @param message what to write instead
 */
public record ObjectProblem(String field, String message) {

    @Override
    public String toString() {
        return field + ": " + message;
    }
}
