package dev.bulkhead.app.lint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.bulkhead.app.terminal.Printable;
import dev.bulkhead.app.terminal.Terminal;
import dev.bulkhead.app.wording.Plural;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;

/** Tells findings in one of the formats. */
final class LintWriter {

    private static final String SARIF_SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    /** Code hosts show it beside a finding. */
    private static final String HELP =
            "Each finding says what to do about it; the page of 'bulkhead lint' in Bulkhead's"
                    + " documentation lists all codes.";

    private static final int INDENTATION = 6;
    /** What shows results makes a link of a text in brackets with an address behind it, even in plain messages. */
    private static final Pattern LINK = Pattern.compile("\\](?=\\()");

    private final PrintWriter out;

    LintWriter(PrintWriter out) {
        this.out = out;
    }

    void text(List<LintFinding> findings, Terminal terminal) {
        for (LintFinding finding : findings) {
            String place = finding.place()
                    .map(found -> Printable.line(found.toString()) + ": ")
                    .orElse("");
            String severity = finding.severity().label();
            out.println(place
                    + (finding.severity() == Severity.ERROR ? terminal.bad(severity) : severity)
                    + " " + finding.code() + " " + Printable.line(finding.object()));
            paragraph(finding.message(), terminal);
            if (!finding.fix().isEmpty()) {
                paragraph("fix: " + finding.fix(), terminal);
            }
        }
        out.println(findings.isEmpty() ? "no findings" : Plural.of(findings.size(), "finding"));
        out.flush();
    }

    private void paragraph(String text, Terminal terminal) {
        terminal.wrapped(text, INDENTATION).forEach(line -> out.println(" ".repeat(INDENTATION) + line));
    }

    void json(List<LintFinding> findings) throws IOException {
        JsonGenerator json = generator();
        json.writeStartArray();
        for (LintFinding finding : findings) {
            json.writeStartObject();
            json.writeStringField("code", finding.code().name());
            json.writeStringField("severity", finding.severity().label());
            json.writeStringField("object", finding.object());
            if (finding.place().isPresent()) {
                json.writeStringField("file", finding.place().get().file());
                json.writeNumberField("line", finding.place().get().line());
            }
            json.writeStringField("message", finding.message());
            if (!finding.fix().isEmpty()) {
                json.writeStringField("fix", finding.fix());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeRaw('\n');
        json.flush();
    }

    /** Static Analysis Results Interchange Format 2.1.0, as code hosts show it beside the lines. */
    void sarif(List<LintFinding> findings) throws IOException {
        JsonGenerator json = generator();
        json.writeStartObject();
        json.writeStringField("$schema", SARIF_SCHEMA);
        json.writeStringField("version", "2.1.0");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "bulkhead lint");
        json.writeArrayFieldStart("rules");
        for (Code code : Code.values()) {
            json.writeStartObject();
            json.writeStringField("id", code.name());
            text(json, "shortDescription", code.title());
            text(json, "help", code.name() + ": " + code.title() + ". " + HELP);
            json.writeObjectFieldStart("defaultConfiguration");
            json.writeStringField("level", code.severity().sarifLevel());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.writeArrayFieldStart("results");
        for (LintFinding finding : findings) {
            result(json, finding);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private static void result(JsonGenerator json, LintFinding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("ruleId", finding.code().name());
        json.writeStringField("level", finding.severity().sarifLevel());
        text(
                json,
                "message",
                finding.object() + ": " + finding.message() + (finding.fix().isEmpty() ? "" : "; " + finding.fix()));
        json.writeArrayFieldStart("locations");
        if (finding.place().isPresent()) {
            json.writeStartObject();
            json.writeObjectFieldStart("physicalLocation");
            json.writeObjectFieldStart("artifactLocation");
            json.writeStringField("uri", finding.place().get().file());
            json.writeEndObject();
            json.writeObjectFieldStart("region");
            json.writeNumberField("startLine", Math.max(1, finding.place().get().line()));
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String field, String text) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("text", LINK.matcher(text).replaceAll("\\\\$0"));
        json.writeEndObject();
    }

    private JsonGenerator generator() throws IOException {
        return new JsonFactory().createGenerator(out).setPrettyPrinter(new DefaultPrettyPrinter());
    }
}
