package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableList;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A YAML value with the line it stands on. */
public sealed interface Tree {

    /** From 1 on. */
    int line();

    /** As Jackson has it: maps, lists, texts, numbers, booleans and null. */
    Object plain();

    /** What kind of value it is, for messages. */
    String describe();

    default boolean isNothing() {
        return this instanceof Nothing;
    }

    /** Null, or nothing at all after a field's name. */
    record Nothing(int line) implements Tree {

        @Override
        public Object plain() {
            return null;
        }

        @Override
        public String describe() {
            return "nothing";
        }
    }

    /** @param value a text, a whole number as {@link BigInteger}, another number or a boolean */
    record Scalar(int line, Object value) implements Tree {

        /** Whole numbers in the smallest type that holds them, as Jackson reads them itself. */
        @Override
        public Object plain() {
            if (value instanceof BigInteger number && number.bitLength() < Long.SIZE) {
                return number.bitLength() < Integer.SIZE ? (Object) number.intValue() : (Object) number.longValue();
            }
            return value;
        }

        @Override
        public String describe() {
            return value instanceof String text ? "the text '" + Excerpt.of(text) + "'" : value.toString();
        }
    }

    record Sequence(int line, ImmutableList<Tree> items) implements Tree {

        @Override
        public Object plain() {
            List<Object> plain = new ArrayList<>();
            items.forEach(item -> plain.add(item.plain()));
            return plain;
        }

        @Override
        public String describe() {
            return "a list";
        }
    }

    /** @param line of the name */
    record Entry(int line, String name, Tree value) {}

    /** @param entries each name once. A list: mappings are small, and there are very many of them */
    record Mapping(int line, ImmutableList<Entry> entries) implements Tree {

        static Mapping empty(int line) {
            return new Mapping(line, ImmutableList.of());
        }

        /** The same with a field more, unless it is there. */
        Mapping withDefault(String name, String text) {
            return entry(name).isPresent()
                    ? this
                    : new Mapping(
                            line,
                            ImmutableList.<Entry>builderWithExpectedSize(entries.size() + 1)
                                    .addAll(entries)
                                    .add(new Entry(line, name, new Scalar(line, text)))
                                    .build());
        }

        @Override
        public Object plain() {
            Map<String, Object> plain = new LinkedHashMap<>();
            entries.forEach(entry -> plain.put(entry.name(), entry.value().plain()));
            return plain;
        }

        @Override
        public String describe() {
            return "fields";
        }

        Optional<Entry> entry(String name) {
            for (Entry entry : entries) {
                if (entry.name().equals(name)) {
                    return Optional.of(entry);
                }
            }
            return Optional.empty();
        }

        public Optional<Tree> get(String name) {
            return entry(name).map(Entry::value);
        }

        /** The text of this field; empty where it is something else. */
        public Optional<String> text(String name) {
            return get(name)
                    .map(value ->
                            value instanceof Scalar scalar && scalar.value() instanceof String text ? text : null);
        }

        public Optional<Mapping> mapping(String name) {
            return get(name).filter(Mapping.class::isInstance).map(Mapping.class::cast);
        }

        /** The line of a field such as {@code spec.outbound[0].to}; of the last part of the way that is there. */
        public int lineOf(String field) {
            Matcher steps = Path.STEP.matcher(field);
            Tree at = this;
            int found = line;
            while (steps.find()) {
                if (at instanceof Mapping mapping
                        && mapping.entry(steps.group()).isPresent()) {
                    Entry entry = mapping.entry(steps.group()).get();
                    found = entry.line();
                    at = entry.value();
                } else if (at instanceof Sequence sequence
                        && steps.group(1) != null
                        && Integer.parseInt(steps.group(1)) < sequence.items().size()) {
                    at = sequence.items().get(Integer.parseInt(steps.group(1)));
                    found = at.line();
                } else {
                    break;
                }
            }
            return found;
        }
    }

    /** How fields are written in messages. */
    final class Path {

        private static final Pattern STEP = Pattern.compile("\\[(\\d{1,9})]|[^.\\[\\]]+");

        private Path() {}
    }
}
