package dev.bulkhead.app.manifest;

import java.util.List;

/** What a YAML parser stumbles over, in words of whoever writes YAML. */
final class YamlProblem {

    private static final String LOOK = "; look at the indentation, quotes and brackets here and in the line above";

    private record Known(String said, String meant) {}

    private static final List<Known> KNOWN = List.of(
            new Known("TAB", "tabs cannot indent YAML; use spaces"),
            new Known("mapping values are not allowed", "there is a ':' where no field can begin" + LOOK),
            new Known("expected <block end>", "this line is not indented like those that it belongs to" + LOOK),
            new Known("expected ',' or ']'", "a list that '[' begins is not ended by ']'" + LOOK),
            new Known("expected ',' or '}'", "what '{' begins is not ended by '}'" + LOOK),
            new Known("could not find expected ':'", "a field's name is not followed by ':'" + LOOK),
            new Known("unexpected end of stream", "a quote or a bracket is not closed" + LOOK));

    private YamlProblem() {}

    /** @param said by the parser */
    static String inWords(String said) {
        String problem = String.valueOf(said);
        return "this is not YAML: "
                + KNOWN.stream()
                        .filter(known -> problem.contains(known.said()))
                        .map(Known::meant)
                        .findFirst()
                        .orElseGet(() -> Excerpt.of(problem) + LOOK);
    }
}
