package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The structural part of the schema in a definition: all that an API server checks besides its rules.
 *
 * @param type absent for a number or text
 * @param properties the fields of an object
 * @param values what an object's values look like where its keys are free
 * @param items what the items of a list look like
 * @param enumeration empty for any value
 * @param minimum of a number
 * @param shortest the fewest characters of a text
 * @param longest the most characters of a text
 * @param most items of a list, or keys of an object
 */
record Schema(
        Optional<String> type,
        ImmutableMap<String, Schema> properties,
        ImmutableList<String> required,
        Optional<Schema> values,
        Optional<Schema> items,
        ImmutableList<String> enumeration,
        Optional<Pattern> pattern,
        OptionalInt minimum,
        OptionalInt maximum,
        OptionalInt shortest,
        OptionalInt longest,
        OptionalInt most) {

    /** @param tree of {@code openAPIV3Schema}, or a part of it */
    static Schema of(Tree.Mapping tree) {
        ImmutableMap.Builder<String, Schema> properties = ImmutableMap.builder();
        tree.mapping("properties")
                .ifPresent(fields -> fields.entries()
                        .forEach(field -> properties.put(field.name(), Schema.of((Tree.Mapping) field.value()))));
        return new Schema(
                tree.text("type"),
                properties.buildOrThrow(),
                texts(tree, "required"),
                tree.mapping("additionalProperties").map(Schema::of),
                tree.mapping("items").map(Schema::of),
                texts(tree, "enum"),
                tree.text("pattern").map(Pattern::compile),
                number(tree, "minimum"),
                number(tree, "maximum"),
                number(tree, "minLength"),
                number(tree, "maxLength"),
                number(tree, tree.get("maxItems").isPresent() ? "maxItems" : "maxProperties"));
    }

    /** The same with a field more. */
    Schema with(String name, Schema field) {
        return new Schema(
                type,
                ImmutableMap.<String, Schema>builder()
                        .putAll(properties)
                        .put(name, field)
                        .buildKeepingLast(),
                required,
                values,
                items,
                enumeration,
                pattern,
                minimum,
                maximum,
                shortest,
                longest,
                most);
    }

    /** One that takes any fields. */
    static Schema any() {
        return Schema.of(Tree.Mapping.empty(1));
    }

    private static ImmutableList<String> texts(Tree.Mapping tree, String key) {
        return tree.get(key)
                .filter(Tree.Sequence.class::isInstance)
                .map(Tree.Sequence.class::cast)
                .map(Tree.Sequence::items)
                .map((Function<List<Tree>, ImmutableList<String>>) items -> items.stream()
                        .map(item -> String.valueOf(item.plain()))
                        .collect(ImmutableList.toImmutableList()))
                .orElse(ImmutableList.of());
    }

    private static OptionalInt number(Tree.Mapping tree, String key) {
        return tree.get(key)
                .map(Tree::plain)
                .filter(Number.class::isInstance)
                .map(value -> OptionalInt.of(((Number) value).intValue()))
                .orElse(OptionalInt.empty());
    }
}
