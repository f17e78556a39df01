package dev.bulkhead.app.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML, of which JSON is a part, and keeps the lines. A broken document is left out, and reading goes on with the
 * one after it.
 */
public final class YamlReader {

    private final Consumer<Finding> findings;
    private final JsonReader json = new JsonReader();

    /** @param findings takes what is wrong; the document is left out */
    public YamlReader(Consumer<Finding> findings) {
        this.findings = findings;
    }

    /** @param documents takes each document as soon as it is read */
    public void read(SourceFile file, Consumer<Tree> documents) {
        if (!json.read(file, documents, findings)) {
            readYaml(file, documents);
        }
    }

    private void readYaml(SourceFile file, Consumer<Tree> documents) {
        String rest = file.text();
        int line = 0;
        while (rest != null) {
            int broken = read(file.name(), rest, line, documents);
            int next = broken < 0 ? -1 : nextDocument(rest, broken);
            if (next < 0) {
                rest = null;
            } else {
                line += (int) rest.substring(0, next)
                        .chars()
                        .filter(letter -> letter == '\n')
                        .count();
                rest = rest.substring(next);
            }
        }
    }

    /** The number of the line, from 0 on, where it broke; below 0 where it did not. */
    private int read(String file, String text, int firstLine, Consumer<Tree> documents) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        List<Finding> found = new ArrayList<>();
        TreeBuilder builder = new TreeBuilder(
                new Parse(settings).parseString(text).iterator(), settings, file, firstLine, found::add);
        try {
            while (builder.hasDocument()) {
                Optional<Tree> document = builder.document();
                if (found.isEmpty()) {
                    document.ifPresent(documents);
                }
                found.forEach(findings);
                found.clear();
            }
            return -1;
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            int line = mark == null ? 0 : mark.getLine();
            findings.accept(new Finding(
                    new Place(file, firstLine + Math.min(line, lastLine(text)) + 1),
                    "this is not YAML: " + e.getProblem()
                            + "; look at the indentation, quotes and brackets here and in the line above"));
            return line;
        } catch (TooLargeException e) {
            findings.accept(new Finding(e.place(), e.getMessage()));
            return e.place().line() - 1 - firstLine;
        } catch (YamlEngineException | IllegalArgumentException e) {
            int line = builder.line();
            findings.accept(new Finding(
                    new Place(file, firstLine + line + 1), "this is not YAML: " + firstLine(e.getMessage())));
            return line;
        }
    }

    private static String firstLine(String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }

    private static int lastLine(String text) {
        long lines = text.lines().count();
        return (int) Math.max(0, lines - 1);
    }

    /** Where the document after that line begins: a marker at the start of a line is never part of a value. */
    private static int nextDocument(String text, int line) {
        int at = 0;
        for (int i = 0; i <= line && at >= 0; i++) {
            at = text.indexOf('\n', at) + 1;
            if (at == 0) {
                return -1;
            }
        }
        while (at > 0 && at < text.length()) {
            if (text.startsWith("---", at)) {
                return at;
            }
            at = text.indexOf('\n', at) + 1;
        }
        return -1;
    }
}
