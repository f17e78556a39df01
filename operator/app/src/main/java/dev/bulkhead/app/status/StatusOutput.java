package dev.bulkhead.app.status;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.bulkhead.app.snapshot.Caveat;
import dev.bulkhead.app.terminal.Printable;
import dev.bulkhead.app.terminal.Table;
import dev.bulkhead.app.terminal.Terminal;
import dev.bulkhead.app.wording.Plural;
import dev.bulkhead.cluster.render.IntentYaml;
import dev.bulkhead.core.compile.Idle;
import dev.bulkhead.core.compile.RuleOutcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How rules stand, for people and for programs. */
final class StatusOutput {

    /** Of the shape of the JSON; it changes where a field goes or means something else. */
    private static final int VERSION = 1;

    /** What somebody has to do something about comes first. */
    private static final Map<RuleOutcome.State, String> SECTIONS = sections();

    private final PrintWriter out;
    private final StatusReport report;

    StatusOutput(PrintWriter out, StatusReport report) {
        this.out = out;
        this.report = report;
    }

    private static Map<RuleOutcome.State, String> sections() {
        Map<RuleOutcome.State, String> sections = new LinkedHashMap<>();
        sections.put(RuleOutcome.State.UNRESOLVED, "Unresolved: to be mended here");
        sections.put(RuleOutcome.State.UNENFORCEABLE, "Unenforceable: no NetworkPolicy can hold it");
        sections.put(RuleOutcome.State.FORBIDDEN, "Forbidden by the platform team");
        sections.put(RuleOutcome.State.AWAITING_PEER, "Waits for the other team");
        sections.put(RuleOutcome.State.OBSERVED, "Not enforced");
        sections.put(RuleOutcome.State.OPEN, "Open");
        return sections;
    }

    void text(Terminal terminal) {
        out.println(terminal.strong(headline()));
        SECTIONS.forEach((state, title) -> section(terminal, title, report.in(state)));
        matching();
        if (!report.caveats().isEmpty()) {
            out.println();
        }
        report.caveats().forEach(caveat -> out.println(Printable.line(caveat.namespace() + ": " + caveat.text())));
    }

    private String headline() {
        return report.rules().isEmpty()
                ? "no rules are declared"
                : Plural.of(report.rules().size(), "rule") + ": "
                        + report.counts().entrySet().stream()
                                .map(count ->
                                        count.getValue() + " " + count.getKey().label())
                                .collect(Collectors.joining(", "))
                        + (report.idle() == 0 ? "" : "; " + report.idle() + " of them idle");
    }

    private void section(Terminal terminal, String title, List<StatusReport.Standing> rules) {
        if (rules.isEmpty()) {
            return;
        }
        out.println();
        out.println(terminal.strong(title));
        Table table = new Table("INTENT", "RULE", "PEER", "MESSAGE");
        rules.forEach(one -> table.row(
                one.intent().toString(),
                one.rule().rule().place(),
                one.rule().rule().peer().inWords(),
                one.rule().explanation()));
        out.print(table.text(terminal));
    }

    private void matching() {
        List<String> theirs = report.rules().stream()
                .flatMap(one -> one.theirs().stream())
                .map(IntentYaml::write)
                .distinct()
                .toList();
        if (!theirs.isEmpty()) {
            out.println();
            out.println("What the other " + Plural.noun(theirs.size(), "team") + " would declare:");
            out.println();
            theirs.forEach(intent -> out.print("---\n" + intent));
        }
    }

    /** By the schema {@code schemas/status.schema.json}. */
    void json() throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out).setPrettyPrinter(new DefaultPrettyPrinter());
        json.writeStartObject();
        json.writeNumberField("version", VERSION);
        json.writeObjectFieldStart("summary");
        for (Map.Entry<RuleOutcome.State, Integer> count : report.counts().entrySet()) {
            json.writeNumberField(count.getKey().label(), count.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("rules");
        for (StatusReport.Standing one : report.rules()) {
            json.writeStartObject();
            json.writeStringField("intent", one.intent().toString());
            json.writeStringField("rule", one.rule().rule().place());
            json.writeStringField("peer", one.rule().rule().peer().toString());
            json.writeStringField("state", one.rule().state().label());
            json.writeStringField("message", one.rule().message());
            json.writeStringField("idle", one.rule().idle().map(Idle::message).orElse(""));
            if (one.theirs().isPresent()) {
                json.writeStringField("theirs", IntentYaml.write(one.theirs().get()));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("caveats");
        for (Caveat caveat : report.caveats()) {
            json.writeStartObject();
            json.writeStringField("code", caveat.code().label());
            json.writeStringField("namespace", caveat.namespace());
            json.writeStringField("text", caveat.text());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }
}
