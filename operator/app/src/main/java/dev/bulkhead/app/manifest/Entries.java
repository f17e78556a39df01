package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The fields of a mapping while it is read; each may be given once. */
final class Entries {

    private final Consumer<Finding> findings;
    private final Map<String, Tree.Entry> own = new LinkedHashMap<>();
    private final Map<String, Tree.Entry> merged = new LinkedHashMap<>();

    Entries(Consumer<Finding> findings) {
        this.findings = findings;
    }

    void put(Place place, String name, Tree value) {
        Tree.Entry before = own.putIfAbsent(name, new Tree.Entry(place, value));
        if (before != null) {
            findings.accept(new Finding(
                    place,
                    "'" + name + "' is given twice, first on line "
                            + before.place().line() + "; keep one"));
        }
    }

    /** What an anchor brings in; of several the first counts, and what the mapping says itself comes before. */
    void merge(Tree value) {
        if (value instanceof Tree.Mapping mapping) {
            mapping.entries().forEach(merged::putIfAbsent);
        } else if (value instanceof Tree.Sequence sequence) {
            sequence.items().forEach(this::merge);
        }
    }

    ImmutableMap<String, Tree.Entry> build() {
        merged.forEach(own::putIfAbsent);
        return ImmutableMap.copyOf(own);
    }
}
