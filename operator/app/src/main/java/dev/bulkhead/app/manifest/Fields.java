package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableList;
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
    private final String path;
    private final Consumer<Finding> findings;

    /** @param path of the fields in their object; empty for the object itself */
    Fields(Tree.Mapping tree, String path, Consumer<Finding> findings) {
        this.tree = tree;
        this.path = path;
        this.findings = findings;
    }

    /** Null where it is absent. */
    String text(String name) {
        return scalar(name, String.class, "a text, in quotes");
    }

    /** Null where it is absent. */
    Boolean flag(String name) {
        return scalar(name, Boolean.class, "true or false, without quotes");
    }

    /** Null where it is absent. */
    Integer number(String name) {
        BigInteger number = scalar(name, BigInteger.class, "a whole number, without quotes");
        if (number != null && number.bitLength() >= Integer.SIZE) {
            report(tree.entries().get(name), name, number + " is too large");
            return null;
        }
        return number == null ? null : number.intValue();
    }

    /** Null where it is absent. */
    IntOrString numberOrText(String name) {
        Object value = tree.get(name).map(Tree::plain).orElse(null);
        if (value == null || value instanceof Integer) {
            return value == null ? null : new IntOrString((Integer) value);
        }
        String text = scalar(name, String.class, "a number or a name");
        return text == null ? null : new IntOrString(text);
    }

    private <T> T scalar(String name, Class<T> type, String expected) {
        Tree.Entry entry = tree.entries().get(name);
        if (entry == null || isNull(entry.value())) {
            return null;
        }
        Object value =
                entry.value() instanceof Tree.Scalar scalar ? scalar.value().orElse(null) : null;
        if (!type.isInstance(value)) {
            report(entry, name, "this is " + entry.value().describe() + "; write " + expected);
            return null;
        }
        return type.cast(value);
    }

    /** None of them where it is absent. */
    Fields fields(String name) {
        Tree.Entry entry = tree.entries().get(name);
        if (entry == null || isNull(entry.value())) {
            return new Fields(Tree.Mapping.empty(tree.place()), join(name), findings);
        }
        if (entry.value() instanceof Tree.Mapping mapping) {
            return new Fields(mapping, join(name), findings);
        }
        report(entry, name, "this is " + entry.value().describe() + "; write fields below it");
        return new Fields(Tree.Mapping.empty(tree.place()), join(name), findings);
    }

    boolean has(String name) {
        Tree.Entry entry = tree.entries().get(name);
        return entry != null && !isNull(entry.value());
    }

    /** What is made of the fields below this one; null where it is absent. */
    <T> T part(String name, Function<Fields, T> reader) {
        return has(name) ? reader.apply(fields(name)) : null;
    }

    /** What is made of each item of a list; null where the list is absent. */
    <T> List<T> list(String name, Function<Fields, T> reader) {
        List<Tree> items = items(name);
        if (items == null) {
            return null;
        }
        List<T> read = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            String item = join(name) + "[" + i + "]";
            if (items.get(i) instanceof Tree.Mapping mapping) {
                read.add(reader.apply(new Fields(mapping, item, findings)));
            } else {
                findings.accept(new Finding(
                        items.get(i).place(),
                        item + ": this is " + items.get(i).describe() + "; write fields after its '- '"));
            }
        }
        return read;
    }

    /** Null where the list is absent. */
    List<String> texts(String name) {
        List<Tree> items = items(name);
        if (items == null) {
            return null;
        }
        List<String> texts = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).plain() instanceof String text) {
                texts.add(text);
            } else {
                findings.accept(new Finding(
                        items.get(i).place(),
                        join(name) + "[" + i + "]: this is " + items.get(i).describe() + "; write a text, in quotes"));
            }
        }
        return texts;
    }

    private List<Tree> items(String name) {
        Tree.Entry entry = tree.entries().get(name);
        if (entry == null || isNull(entry.value())) {
            return null;
        }
        if (entry.value() instanceof Tree.Sequence sequence) {
            return sequence.items();
        }
        report(entry, name, "this is " + entry.value().describe() + "; write a list, each item begun by '- '");
        return ImmutableList.of();
    }

    /** Texts by free keys; null where it is absent. */
    Map<String, String> textMap(String name) {
        if (!has(name)) {
            return null;
        }
        Fields below = fields(name);
        Map<String, String> texts = new LinkedHashMap<>();
        below.tree.entries().forEach((key, entry) -> {
            String text = isNull(entry.value()) ? "" : below.text(key);
            if (text != null) {
                texts.put(key, text);
            }
        });
        return texts;
    }

    /** Reports the fields that there are not. */
    void demandOnly(Set<String> known) {
        tree.entries().forEach((name, entry) -> {
            if (!known.contains(name)) {
                String instead = Spelling.nearest(name, known)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("leave it out; its fields are " + String.join(", ", known));
                findings.accept(new Finding(entry.place(), join(name) + ": there is no such field; " + instead));
            }
        });
    }

    private void report(Tree.Entry entry, String name, String message) {
        findings.accept(new Finding(entry.value().place(), join(name) + ": " + message));
    }

    private String join(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static boolean isNull(Tree tree) {
        return tree instanceof Tree.Scalar scalar && scalar.value().isEmpty();
    }
}
