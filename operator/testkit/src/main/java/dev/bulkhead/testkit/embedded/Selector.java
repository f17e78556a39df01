package dev.bulkhead.testkit.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which objects a list or a watch is about: label and field selectors as they stand in a request. */
final class Selector implements Predicate<JsonNode> {

    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
    // Commas separate requirements, but for those between parentheses.
    private static final Pattern SEPARATOR = Pattern.compile(",(?![^(]*\\))");

    private final List<Predicate<JsonNode>> requirements = new ArrayList<>();

    Selector(String labels, String fields) {
        parts(labels).map(Selector::labelRequirement).forEach(requirements::add);
        parts(fields).map(Selector::fieldRequirement).forEach(requirements::add);
    }

    @Override
    public boolean test(JsonNode object) {
        return requirements.stream().allMatch(requirement -> requirement.test(object));
    }

    private static Stream<String> parts(String selector) {
        return SEPARATOR.splitAsStream(selector).map(String::strip).filter(part -> !part.isEmpty());
    }

    private static Predicate<JsonNode> labelRequirement(String text) {
        Matcher set = SET.matcher(text);
        if (set.matches()) {
            Set<String> values =
                    Stream.of(set.group(3).split(",", -1)).map(String::strip).collect(Collectors.toSet());
            boolean in = set.group(2).equals("in");
            return object -> in == values.contains(label(object, set.group(1)));
        }
        if (text.startsWith("!")) {
            return object -> label(object, text.substring(1).strip()) == null;
        }
        return comparison(text, Selector::label, object -> label(object, text) != null);
    }

    private static Predicate<JsonNode> fieldRequirement(String text) {
        return comparison(text, Selector::field, object -> {
            throw ApiException.badRequest("field selector " + text);
        });
    }

    private interface Reader {
        String read(JsonNode object, String key);
    }

    private static Predicate<JsonNode> comparison(String text, Reader reader, Predicate<JsonNode> otherwise) {
        int at = text.indexOf('=');
        if (at < 0) {
            return otherwise;
        }
        boolean negated = at > 0 && text.charAt(at - 1) == '!';
        String key = text.substring(0, negated ? at - 1 : at).strip();
        String value =
                text.substring(text.startsWith("==", at) ? at + 2 : at + 1).strip();
        return object -> negated != value.equals(reader.read(object, key));
    }

    private static String label(JsonNode object, String key) {
        JsonNode value = object.path("metadata").path("labels").get(key);
        return value == null ? null : value.asText();
    }

    private static String field(JsonNode object, String path) {
        return object.at("/" + path.replace('.', '/')).asText();
    }
}
