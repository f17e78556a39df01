package dev.bulkhead.testkit.chart;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The chart's values as a page: each with its default, and the comment that stands above it in {@code values.yaml}. */
final class ValuesPage {

    private static final Pattern KEY = Pattern.compile("^( *)([A-Za-z][A-Za-z0-9]*):(?: (.*))?$");
    private static final Pattern COMMENT = Pattern.compile("^ *# ?(.*)$");
    private static final Pattern ITEM = Pattern.compile("^ *- (.*)$");

    private final List<Value> values = new ArrayList<>();

    /** @param defaultValue empty for one that has others below it */
    record Value(String path, String defaultValue, String description) {}

    private record Level(int indent, String path) {}

    static ValuesPage of(String yaml) {
        ValuesPage page = new ValuesPage();
        page.read(yaml);
        return page;
    }

    private void read(String yaml) {
        Deque<Level> open = new ArrayDeque<>();
        List<String> comment = new ArrayList<>();
        for (String line : yaml.split("\n", -1)) {
            Matcher key = KEY.matcher(line);
            Matcher said = COMMENT.matcher(line);
            Matcher item = ITEM.matcher(line);
            if (said.matches()) {
                comment.add(said.group(1));
            } else if (item.matches()) {
                append(item.group(1));
            } else if (key.matches()) {
                int indent = key.group(1).length();
                while (!open.isEmpty() && open.peek().indent() >= indent) {
                    open.pop();
                }
                String path = (open.isEmpty() ? "" : open.peek().path() + ".") + key.group(2);
                open.push(new Level(indent, path));
                values.add(new Value(path, key.group(3) == null ? "" : key.group(3), String.join(" ", comment)));
                comment.clear();
            }
        }
    }

    private void append(String item) {
        Value list = values.remove(values.size() - 1);
        String items = list.defaultValue().isEmpty() ? item : list.defaultValue() + " " + item;
        values.add(new Value(list.path(), items, list.description()));
    }

    List<Value> values() {
        return List.copyOf(values);
    }

    String markdown() {
        StringBuilder page = new StringBuilder("""
                # The chart's values

                `values.schema.json` bounds each of them: what is not listed, or cannot work, is refused before anything is installed.

                | value | default | what it is for |
                |---|---|---|
                """);
        for (Value value : values) {
            page.append("| `%s` | %s | %s |%n"
                    .formatted(
                            value.path(),
                            value.defaultValue().isEmpty() ? "" : "`" + value.defaultValue() + "`",
                            value.description().replace("|", "\\|")));
        }
        return page.toString();
    }
}
