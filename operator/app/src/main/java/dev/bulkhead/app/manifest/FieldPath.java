package dev.bulkhead.app.manifest;

/**
 * Where a field stands in its object, as in {@code spec.ingress[0].from}; put into words only where it is asked for.
 *
 * @param parent null at the root
 * @param name null for an item of a list
 */
record FieldPath(FieldPath parent, String name, int index) {

    static final FieldPath ROOT = new FieldPath(null, null, 0);

    FieldPath field(String field) {
        return new FieldPath(this, field, 0);
    }

    FieldPath item(int item) {
        return new FieldPath(this, null, item);
    }

    @Override
    public String toString() {
        if (parent == null) {
            return "";
        }
        if (name == null) {
            return parent + "[" + index + "]";
        }
        return parent.parent == null ? Excerpt.of(name) : parent + "." + Excerpt.of(name);
    }
}
