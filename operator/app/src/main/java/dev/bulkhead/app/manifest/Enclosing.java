package dev.bulkhead.app.manifest;

import java.util.Optional;

/**
 * An object of a manifest with those around it.
 *
 * @param parent absent for the manifest itself
 * @param field the way to it; empty for the manifest itself
 */
record Enclosing(Optional<Enclosing> parent, Tree.Mapping object, Schema schema, String field) {

    Enclosing inside(Tree.Mapping inner, Schema itsSchema, String itsField) {
        return new Enclosing(Optional.of(this), inner, itsSchema, itsField);
    }

    /** As messages write it. */
    String place() {
        return field.isEmpty() ? "the top level, beside kind" : field;
    }
}
