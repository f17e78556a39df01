package dev.bulkhead.app.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * An object as a file has it.
 *
 * @param tree for the lines of its fields; of a pod the line alone where it begins
 */
public record Manifest(HasMetadata object, String file, Tree.Mapping tree) {

    /** What distinguishes it from all other objects. */
    public record Key(String kind, String namespace, String name) {
        public static Key of(HasMetadata object) {
            return new Key(
                    object.getKind(),
                    object.getMetadata().getNamespace(),
                    object.getMetadata().getName());
        }

        @Override
        public String toString() {
            return kind + " " + (namespace == null ? "" : namespace + "/") + name;
        }
    }

    public Key key() {
        return Key.of(object);
    }

    public Place place() {
        return new Place(file, tree.line());
    }

    /** Of a field such as {@code spec.outbound[0].to}; of the last part of the way that is there. */
    public Place placeOf(String field) {
        return new Place(file, tree.lineOf(field));
    }

    public Finding finding(String field, String message) {
        return new Finding(placeOf(field), key(), field + ": " + message);
    }
}
