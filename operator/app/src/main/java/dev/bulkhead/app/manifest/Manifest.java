package dev.bulkhead.app.manifest;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * An object as a file has it.
 *
 * @param tree for the lines of its fields
 */
public record Manifest(HasMetadata object, Tree.Mapping tree) {

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

    public Finding finding(String field, String message) {
        return new Finding(tree.placeOf(field), field + ": " + message);
    }
}
