package dev.bulkhead.app.manifest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
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

    Place place();

    /** As Jackson has it: maps, lists, texts, numbers, booleans and null. */
    Object plain();

    /** What kind of value it is, for messages. */
    String describe();

    /** @param value a text, a number, a boolean, or empty for null */
    record Scalar(Place place, Optional<Object> value) implements Tree {

        /** Whole numbers in the smallest type that holds them, as Jackson reads them itself. */
        @Override
        public Object plain() {
            Object plain = value.orElse(null);
            if (plain instanceof BigInteger number && number.bitLength() < Long.SIZE) {
                return number.bitLength() < Integer.SIZE ? (Object) number.intValue() : (Object) number.longValue();
            }
            return plain;
        }

        /** As it is written, but for quotes. */
        String text() {
            return value.map(Object::toString).orElse("");
        }

        @Override
        public String describe() {
            return value.map(found -> found instanceof String ? "the text '" + found + "'" : found.toString())
                    .orElse("nothing");
        }
    }

    record Sequence(Place place, ImmutableList<Tree> items) implements Tree {

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

    /** @param place of the key */
    record Entry(Place place, Tree value) {}

    record Mapping(Place place, ImmutableMap<String, Entry> entries) implements Tree {

        static Mapping empty(Place place) {
            return new Mapping(place, ImmutableMap.of());
        }

        /** The same with a field more, unless it is there. */
        Mapping withDefault(String name, String text) {
            return entries.containsKey(name)
                    ? this
                    : new Mapping(
                            place,
                            ImmutableMap.<String, Entry>builder()
                                    .putAll(entries)
                                    .put(name, new Entry(place, new Scalar(place, Optional.of(text))))
                                    .buildOrThrow());
        }

        @Override
        public Object plain() {
            Map<String, Object> plain = new LinkedHashMap<>();
            entries.forEach((key, entry) -> plain.put(key, entry.value().plain()));
            return plain;
        }

        @Override
        public String describe() {
            return "fields";
        }

        public Optional<Tree> get(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        /** The text of this field; empty where it is something else. */
        public Optional<String> text(String key) {
            return get(key).filter(Scalar.class::isInstance)
                    .map(Tree::plain)
                    .filter(String.class::isInstance)
                    .map(String.class::cast);
        }

        public Optional<Mapping> mapping(String key) {
            return get(key).filter(Mapping.class::isInstance).map(Mapping.class::cast);
        }

        /** The line of a field such as {@code spec.outbound[0].to}; of the last part of the way that is there. */
        public Place placeOf(String field) {
            Matcher steps = Path.STEP.matcher(field);
            Tree at = this;
            Place found = place;
            while (steps.find()) {
                if (at instanceof Mapping mapping && mapping.entries.containsKey(steps.group())) {
                    Entry entry = mapping.entries.get(steps.group());
                    found = entry.place();
                    at = entry.value();
                } else if (at instanceof Sequence sequence
                        && steps.group(1) != null
                        && Integer.parseInt(steps.group(1)) < sequence.items().size()) {
                    at = sequence.items().get(Integer.parseInt(steps.group(1)));
                    found = at.place();
                } else {
                    break;
                }
            }
            return found;
        }
    }

    /** How fields are written in messages. */
    final class Path {

        private static final Pattern STEP = Pattern.compile("\\[(\\d+)]|[^.\\[\\]]+");

        private Path() {}
    }
}
