package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableMap;
import dev.bulkhead.core.intent.Spelling;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What to do about a field that is unknown where it stands: most often it is misspelt, or stands at the wrong indentation. */
final class FieldAdvice {

    /** How many objects further in a field is looked for. */
    private static final int DEPTH = 3;

    /** Which field says the other way round what another one says. */
    private static final ImmutableMap<String, String> OPPOSITES = ImmutableMap.of(
            "from", "outbound has 'to', inbound has 'from'; write 'to'",
            "to", "outbound has 'to', inbound has 'from'; write 'from'");

    private final Enclosing object;
    private final Tree.Entry entry;

    /** @param object that the entry stands in */
    FieldAdvice(Enclosing object, Tree.Entry entry) {
        this.object = object;
        this.entry = entry;
    }

    /** What follows "there is no such field; ". */
    String instead() {
        return opposite()
                .or(this::owner)
                .or(() -> RightForm.ofField(object.schema(), entry))
                .or(() -> Spelling.nearest(
                                entry.name(), object.schema().properties().keySet())
                        .map(near -> "did you mean '" + near + "'?"))
                .or(this::furtherIn)
                .or(this::furtherOut)
                .orElseGet(() -> "leave it out" + SchemaValidator.listed(object.schema()));
    }

    private Optional<String> opposite() {
        boolean mixedUp = object.schema().properties().containsKey(entry.name().equals("from") ? "to" : "from")
                && object.schema().properties().containsKey("ports");
        return mixedUp ? Optional.ofNullable(OPPOSITES.get(entry.name())) : Optional.empty();
    }

    private Optional<String> owner() {
        if (!object.schema().properties().containsKey("owner")) {
            return Optional.empty();
        }
        String kind = OwnerAdvice.OWNERS.get(entry.name().toLowerCase(Locale.ROOT));
        if (kind == null) {
            return OwnerAdvice.isOther(entry.name())
                    ? Optional.of(OwnerAdvice.otherwise(entry.name()))
                    : Optional.empty();
        }
        String name = entry.value() instanceof Tree.Scalar scalar ? Excerpt.of(String.valueOf(scalar.value())) : "NAME";
        return Optional.of("write owner: {kind: " + kind + ", name: " + name + "}");
    }

    /** Of the objects in this one, the one that stands last before the field and takes it. */
    private Optional<String> furtherIn() {
        String found = null;
        for (Tree.Entry other : object.object().entries()) {
            if (other.line() > entry.line()) {
                break;
            }
            Schema schema = object.schema().properties().get(other.name());
            if (schema != null) {
                found = within(other.value(), schema, SchemaValidator.join(object.field(), other.name()), DEPTH)
                        .orElse(found);
            }
        }
        return Optional.ofNullable(found).map(place -> "it belongs under " + place + "; check the indentation");
    }

    private Optional<String> within(Tree tree, Schema schema, String field, int depth) {
        if (depth == 0) {
            return Optional.empty();
        }
        if (tree instanceof Tree.Sequence sequence && schema.items().isPresent()) {
            int last = sequence.items().size() - 1;
            return last < 0
                    ? Optional.empty()
                    : within(sequence.items().get(last), schema.items().get(), field + "[" + last + "]", depth);
        }
        if (schema.properties().containsKey(entry.name())) {
            return Optional.of(field);
        }
        if (tree instanceof Tree.Mapping mapping) {
            for (Map.Entry<String, Schema> property : schema.properties().entrySet()) {
                Optional<String> inner = mapping.get(property.getKey())
                        .flatMap(value -> within(
                                value, property.getValue(), SchemaValidator.join(field, property.getKey()), depth - 1));
                if (inner.isPresent()) {
                    return inner;
                }
            }
        }
        return Optional.empty();
    }

    /** Of the objects around this one, the nearest that takes the field. */
    private Optional<String> furtherOut() {
        for (Optional<Enclosing> around = object.parent();
                around.isPresent();
                around = around.flatMap(Enclosing::parent)) {
            if (around.get().schema().properties().containsKey(entry.name())) {
                return Optional.of("it belongs to " + around.get().place() + "; check the indentation");
            }
        }
        return Optional.empty();
    }
}
