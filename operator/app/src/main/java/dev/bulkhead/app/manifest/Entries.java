package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The fields of a mapping while it is read; each may be given once. */
final class Entries {

    /** Up to here looking at each is faster than an index. */
    private static final int FEW = 12;

    private final Consumer<Flaw> flaws;
    private final List<Tree.Entry> entries = new ArrayList<>();
    private final List<Tree.Entry> merged = new ArrayList<>();
    private Map<String, Tree.Entry> index;

    /** @param flaws takes fields that are given twice */
    Entries(Consumer<Flaw> flaws) {
        this.flaws = flaws;
    }

    void put(Tree.Entry entry) {
        Tree.Entry before = get(entry.name());
        if (before == null) {
            add(entry);
        } else {
            flaws.accept(new Flaw(
                    entry.line(),
                    "'" + Excerpt.of(entry.name()) + "' is given twice, first on line " + before.line()
                            + "; keep one"));
        }
    }

    private void add(Tree.Entry entry) {
        entries.add(entry);
        if (index != null) {
            index.put(entry.name(), entry);
        } else if (entries.size() > FEW) {
            index = new HashMap<>();
            entries.forEach(each -> index.put(each.name(), each));
        }
    }

    /** Null where there is none of that name. */
    Tree.Entry get(String name) {
        if (index != null) {
            return index.get(name);
        }
        for (Tree.Entry entry : entries) {
            if (entry.name().equals(name)) {
                return entry;
            }
        }
        return null;
    }

    /** What an anchor brings in; of several the first counts, and what the mapping says itself comes before. */
    void merge(Tree value) {
        if (value instanceof Tree.Mapping mapping) {
            merged.addAll(mapping.entries());
        } else if (value instanceof Tree.Sequence sequence) {
            sequence.items().forEach(this::merge);
        }
    }

    ImmutableList<Tree.Entry> build() {
        for (Tree.Entry entry : merged) {
            if (get(entry.name()) == null) {
                add(entry);
            }
        }
        return ImmutableList.copyOf(entries);
    }
}
