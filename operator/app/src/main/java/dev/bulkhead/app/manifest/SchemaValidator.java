package dev.bulkhead.app.manifest;

import dev.bulkhead.core.intent.Spelling;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Consumer;

/** Holds a manifest against a schema, and says for everything that does not fit what to write instead. */
final class SchemaValidator {

    private final Consumer<Flaw> flaws;
    private int found;

    SchemaValidator(Consumer<Flaw> flaws) {
        this.flaws = flaws;
    }

    /** Whether the whole object fits. */
    boolean validate(Tree tree, Schema schema) {
        validate(tree, schema, "", Optional.empty());
        return found == 0;
    }

    private void validate(Tree tree, Schema schema, String field, Optional<Enclosing> around) {
        if (tree.isNothing() || isEnough()) {
            return;
        }
        Optional<String> type = schema.type();
        if (type.isEmpty() && schema.pattern().isEmpty()) {
            return;
        }
        String expected = type.orElse("number or text");
        switch (expected) {
            case "object" -> object(tree, schema, field, around);
            case "array" -> array(tree, schema, field, around);
            default -> scalar(tree, schema, field, expected);
        }
    }

    private void object(Tree tree, Schema schema, String field, Optional<Enclosing> around) {
        if (!(tree instanceof Tree.Mapping mapping)) {
            report(tree, field, "this is " + tree.describe() + "; " + asFields(field, tree, schema));
            return;
        }
        Enclosing self = around.map(outer -> outer.inside(mapping, schema, field))
                .orElseGet(() -> new Enclosing(Optional.empty(), mapping, schema, field));
        for (String name : schema.required()) {
            boolean missing =
                    mapping.get(name).filter(value -> !value.isNothing()).isEmpty();
            if (missing) {
                report(mapping, join(field, name), "it is missing" + purpose(schema, name));
            }
        }
        if (mapping.entries().size() > schema.most().orElse(Integer.MAX_VALUE)) {
            report(tree, field, "at most " + schema.most().getAsInt() + " are taken; leave some out");
        }
        for (Tree.Entry entry : mapping.entries()) {
            String name = entry.name();
            if (isEnough()) {
                return;
            }
            Schema known = schema.properties().get(name);
            if (known == null) {
                known = schema.values().orElse(null);
            }
            if (known == null) {
                report(
                        entry.line(),
                        join(field, name),
                        "there is no such field; " + new FieldAdvice(self, entry).instead());
            } else {
                validate(entry.value(), known, join(field, name), Optional.of(self));
            }
        }
    }

    private static String asFields(String field, Tree tree, Schema schema) {
        return RightForm.ofText(field, tree, schema).orElseGet(() -> "write fields below it" + listed(schema));
    }

    private static String purpose(Schema schema, String name) {
        return Optional.ofNullable(schema.properties().get(name))
                .map(missing -> !missing.enumeration().isEmpty()
                        ? "; write one of " + String.join(", ", missing.enumeration())
                        : listed(missing))
                .filter(text -> !text.isEmpty())
                .orElse("; write it");
    }

    static String listed(Schema schema) {
        return schema.properties().isEmpty()
                ? ""
                : "; its fields are " + String.join(", ", schema.properties().keySet());
    }

    private void array(Tree tree, Schema schema, String field, Optional<Enclosing> around) {
        if (!(tree instanceof Tree.Sequence sequence)) {
            Optional<String> form = schema.items()
                    .filter(items -> tree instanceof Tree.Scalar)
                    .filter(items -> items.properties().containsKey("port"))
                    .flatMap(items -> RightForm.ofText(field, tree, items))
                    .map(written -> written.replace("write {", "write ports: [{") + "]");
            report(
                    tree,
                    field,
                    "this is " + tree.describe() + "; " + form.orElse("write a list, each item begun by '- '"));
            return;
        }
        if (sequence.items().size() > schema.most().orElse(Integer.MAX_VALUE)) {
            report(
                    tree,
                    field,
                    "a list of at most " + schema.most().getAsInt() + " is taken; this one has "
                            + sequence.items().size());
        }
        for (int i = 0; i < sequence.items().size() && !isEnough(); i++) {
            Tree item = sequence.items().get(i);
            String itemField = field + "[" + i + "]";
            if (item.isNothing()) {
                report(item, itemField, "there is nothing in this item; write it or take out its '-'");
            } else {
                schema.items().ifPresent(items -> validate(item, items, itemField, around));
            }
        }
    }

    private void scalar(Tree tree, Schema schema, String field, String expected) {
        Object value = tree instanceof Tree.Scalar scalar ? scalar.value() : null;
        boolean fits = tree instanceof Tree.Scalar
                && switch (expected) {
                    case "string" -> value instanceof String;
                    case "boolean" -> value instanceof Boolean;
                    case "integer" -> value instanceof BigInteger;
                    case "number" -> value instanceof Number;
                    default -> value instanceof String || value instanceof BigInteger;
                };
        if (!fits) {
            report(tree, field, "this is " + tree.describe() + "; write " + sample(expected, value));
        } else if (!schema.enumeration().isEmpty() && !schema.enumeration().contains(String.valueOf(value))) {
            report(
                    tree,
                    field,
                    "'" + Excerpt.of(String.valueOf(value)) + "' is none of " + String.join(", ", schema.enumeration())
                            + Spelling.nearest(String.valueOf(value), schema.enumeration())
                                    .map(near -> "; did you mean '" + near + "'?")
                                    .or(() -> RightForm.wellKnown(field, String.valueOf(value)))
                                    .orElseGet(() -> OwnerAdvice.instead(field, String.valueOf(value))));
        } else if (value instanceof String text) {
            text(tree, text, schema, field);
        } else if (value instanceof BigInteger number) {
            number(tree, number, schema, field);
        }
    }

    private static String sample(String expected, Object value) {
        return switch (expected) {
            case "string" -> "a text" + (value instanceof Number || value instanceof Boolean ? ", in quotes" : "");
            case "boolean" -> "true or false";
            case "integer", "number" -> "a number, without quotes";
            default -> "a number or a name";
        };
    }

    private void text(Tree tree, String text, Schema schema, String field) {
        if (text.length() > schema.longest().orElse(Integer.MAX_VALUE)) {
            report(
                    tree,
                    field,
                    "at most " + schema.longest().getAsInt() + " characters are taken; this has " + text.length());
        } else if (text.length() < schema.shortest().orElse(0)) {
            report(tree, field, "write at least " + schema.shortest().getAsInt() + " characters");
        } else if (schema.pattern()
                .filter(pattern -> !pattern.matcher(text).find())
                .isPresent()) {
            report(
                    tree,
                    field,
                    "'" + Excerpt.of(text) + "' does not look like "
                            + schema.pattern().get() + "; "
                            + RightForm.ofPort(field, text).orElse("write it so"));
        } else if (RightForm.ofPort(field, text).isPresent()) {
            report(
                    tree,
                    field,
                    "'" + Excerpt.of(text) + "' is no port; "
                            + RightForm.ofPort(field, text).get());
        }
    }

    private void number(Tree tree, BigInteger number, Schema schema, String field) {
        boolean below = schema.minimum().isPresent()
                && number.compareTo(BigInteger.valueOf(schema.minimum().getAsInt())) < 0;
        boolean above = schema.maximum().isPresent()
                && number.compareTo(BigInteger.valueOf(schema.maximum().getAsInt())) > 0;
        if (below) {
            report(
                    tree,
                    field,
                    number + " is too small; write " + schema.minimum().getAsInt() + " or more");
        } else if (above) {
            report(
                    tree,
                    field,
                    number + " is too large; write " + schema.maximum().getAsInt() + " or less");
        } else if (number.bitLength() >= Integer.SIZE) {
            report(tree, field, number + " is too large");
        }
    }

    private void report(Tree tree, String field, String message) {
        report(tree.line(), field, message);
    }

    /** Each finding takes hundreds of bytes, and aliases make many of a short text. */
    private boolean isEnough() {
        return found > Limits.FINDINGS;
    }

    private void report(int line, String field, String message) {
        if (isEnough()) {
            return;
        }
        found++;
        if (isEnough()) {
            flaws.accept(new Flaw(line, "there is more to be said, from here on; mend what is said first"));
            return;
        }
        flaws.accept(new Flaw(line, (field.isEmpty() ? "" : field + ": ") + message));
    }

    static String join(String field, String name) {
        return field.isEmpty() ? Excerpt.of(name) : field + "." + Excerpt.of(name);
    }
}
