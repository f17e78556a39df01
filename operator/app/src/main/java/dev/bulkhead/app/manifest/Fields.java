package dev.bulkhead.app.manifest;

import dev.bulkhead.core.intent.Spelling;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The fields of an object, read by the types that they must have. What has another one is reported where it stands, and
 * read as if it were not there; so is null, as an API server does.
 */
final class Fields {

    private final Tree.Mapping tree;
    private final FieldPath path;
    private final Consumer<Flaw> flaws;

    /** Those of an object as a whole. */
    Fields(Tree.Mapping tree, Consumer<Flaw> flaws) {
        this(tree, FieldPath.ROOT, flaws);
    }

    private Fields(Tree.Mapping tree, FieldPath path, Consumer<Flaw> flaws) {
        this.tree = tree;
        this.path = path;
        this.flaws = flaws;
    }

    /** Null where it is absent. */
    String text(String name) {
        return scalar(name, String.class, "a text, in quotes");
    }

    /** A text that has to be a name; an empty one means that there is none. Null where it is absent. */
    String name(String name, NameSyntax syntax) {
        String text = text(name);
        return text == null || demand(value(name), path.field(name), text, syntax) ? text : null;
    }

    private boolean demand(Tree value, FieldPath field, String text, NameSyntax syntax) {
        boolean fits = text.isEmpty() || syntax.fits(text);
        if (!fits) {
            report(value, field, syntax.refusal(text));
        }
        return fits;
    }

    /** Null where it is absent. */
    Boolean flag(String name) {
        return scalar(name, Boolean.class, "true or false, without quotes");
    }

    /** Null where it is absent. */
    Integer number(String name) {
        BigInteger number = scalar(name, BigInteger.class, "a whole number, without quotes");
        return number == null ? null : small(name, number);
    }

    /** Null where it is absent. */
    IntOrString numberOrText(String name) {
        Tree value = value(name);
        if (value instanceof Tree.Scalar scalar && scalar.value() instanceof BigInteger number) {
            Integer small = small(name, number);
            return small == null ? null : new IntOrString(small);
        }
        String text = scalar(name, String.class, "a number or a name");
        return text == null ? null : new IntOrString(text);
    }

    /** Likewise; a text is a name of a port. */
    IntOrString numberOrPortName(String name) {
        IntOrString either = numberOrText(name);
        boolean fits = either == null
                || either.getStrVal() == null
                || demand(value(name), path.field(name), either.getStrVal(), NameSyntax.PORT);
        return fits ? either : null;
    }

    private Integer small(String name, BigInteger number) {
        if (number.bitLength() >= Integer.SIZE) {
            report(value(name), path.field(name), number + " is too large; write one of fewer digits");
            return null;
        }
        return number.intValue();
    }

    private <T> T scalar(String name, Class<T> type, String expected) {
        Tree value = value(name);
        return value == null ? null : scalar(value, path.field(name), type, expected);
    }

    private <T> T scalar(Tree value, FieldPath field, Class<T> type, String expected) {
        if (value instanceof Tree.Scalar scalar && type.isInstance(scalar.value())) {
            return type.cast(scalar.value());
        }
        report(value, field, "this is " + value.describe() + "; write " + expected);
        return null;
    }

    /** Null where it is absent. */
    private Tree value(String name) {
        for (Tree.Entry entry : tree.entries()) {
            if (entry.name().equals(name)) {
                return entry.value().isNothing() ? null : entry.value();
            }
        }
        return null;
    }

    /** None of them where it is absent. */
    Fields fields(String name) {
        Tree value = value(name);
        FieldPath field = path.field(name);
        if (value == null) {
            return new Fields(Tree.Mapping.empty(tree.line()), field, flaws);
        }
        if (value instanceof Tree.Mapping mapping) {
            return new Fields(mapping, field, flaws);
        }
        report(value, field, "this is " + value.describe() + "; write fields below it");
        return new Fields(Tree.Mapping.empty(value.line()), field, flaws);
    }

    boolean has(String name) {
        return value(name) != null;
    }

    /** What is made of the fields below this one; null where it is absent. */
    <T> T part(String name, Function<Fields, T> reader) {
        return has(name) ? reader.apply(fields(name)) : null;
    }

    /** What is made of each item of a list; null where the list is absent. */
    <T> List<T> list(String name, Function<Fields, T> reader) {
        return each(name, (item, field) -> {
            if (item instanceof Tree.Mapping mapping) {
                return reader.apply(new Fields(mapping, field, flaws));
            }
            report(item, field, "this is " + item.describe() + "; write fields after its '- '");
            return null;
        });
    }

    /** Null where the list is absent. */
    List<String> texts(String name) {
        return each(name, (item, field) -> scalar(item, field, String.class, "a text, in quotes"));
    }

    private interface ItemReader<T> {
        /** Null where it does not fit. */
        T read(Tree item, FieldPath field);
    }

    private <T> List<T> each(String name, ItemReader<T> reader) {
        Tree value = value(name);
        FieldPath field = path.field(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Tree.Sequence sequence)) {
            report(value, field, "this is " + value.describe() + "; write a list, each item begun by '- '");
            return new ArrayList<>();
        }
        List<T> read = new ArrayList<>(sequence.items().size());
        for (int i = 0; i < sequence.items().size(); i++) {
            T item = reader.read(sequence.items().get(i), field.item(i));
            if (item != null) {
                read.add(item);
            }
        }
        return read;
    }

    /** Texts by free keys; null where it is absent. */
    Map<String, String> textMap(String name) {
        if (!has(name)) {
            return null;
        }
        Fields below = fields(name);
        Map<String, String> texts = new LinkedHashMap<>();
        for (Tree.Entry entry : below.tree.entries()) {
            String text = entry.value().isNothing()
                    ? ""
                    : scalar(entry.value(), below.path.field(entry.name()), String.class, "a text, in quotes");
            if (text != null) {
                texts.put(entry.name(), text);
            }
        }
        return texts;
    }

    /** Labels, or a selector of them; null where it is absent. */
    Map<String, String> labels(String name) {
        Map<String, String> labels = annotations(name);
        if (labels != null) {
            Fields below = fields(name);
            for (Tree.Entry entry : below.tree.entries()) {
                String value = labels.getOrDefault(entry.name(), "");
                if (!NameSyntax.VALUE.fits(value)) {
                    flaws.accept(new Flaw(
                            entry.line(), below.path.field(entry.name()) + ": " + NameSyntax.VALUE.refusal(value)));
                }
            }
        }
        return labels;
    }

    /** Free texts by keys such as labels have; null where it is absent. */
    Map<String, String> annotations(String name) {
        if (!has(name)) {
            return null;
        }
        Fields below = fields(name);
        for (Tree.Entry entry : below.tree.entries()) {
            if (!NameSyntax.KEY.fits(entry.name())) {
                flaws.accept(new Flaw(entry.line(), below.path + ": " + NameSyntax.KEY.refusal(entry.name())));
            }
        }
        return textMap(name);
    }

    /** Reports the fields that there are not. */
    void demandOnly(Set<String> known) {
        for (Tree.Entry entry : tree.entries()) {
            if (!known.contains(entry.name())) {
                String instead = Spelling.nearest(entry.name(), known)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("leave it out; its fields are " + String.join(", ", known));
                flaws.accept(new Flaw(entry.line(), path.field(entry.name()) + ": there is no such field; " + instead));
            }
        }
    }

    private void report(Tree value, FieldPath field, String message) {
        flaws.accept(new Flaw(value.line(), field + ": " + message));
    }
}
