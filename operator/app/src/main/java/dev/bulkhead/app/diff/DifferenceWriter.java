package dev.bulkhead.app.diff;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.bulkhead.app.terminal.Csv;
import dev.bulkhead.app.terminal.Markdown;
import dev.bulkhead.app.terminal.Printable;
import dev.bulkhead.app.terminal.Table;
import dev.bulkhead.app.terminal.Terminal;
import dev.bulkhead.app.wording.EndInWords;
import dev.bulkhead.app.wording.PortsInWords;
import dev.bulkhead.core.reach.Difference;
import dev.bulkhead.core.world.WorkloadName;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Tells a difference in one of the formats. */
final class DifferenceWriter {

    private static final List<String> COLUMNS = List.of("change", "source", "destination", "before", "after");

    private final PrintWriter out;

    DifferenceWriter(PrintWriter out) {
        this.out = out;
    }

    void write(Difference difference, DifferenceFormat format) throws IOException {
        switch (format) {
            case TEXT -> text(difference);
            case JSON -> json(difference);
            case CSV -> {
                out.print(Csv.row(COLUMNS));
                difference.changes().forEach(change -> out.print(Csv.row(row(change))));
            }
            case MD -> markdown(difference);
        }
        out.flush();
    }

    private static List<String> row(Difference.Change change) {
        return List.of(
                word(change),
                change.source().label(),
                change.destination().label(),
                change.before().toString(),
                change.after().toString());
    }

    private static List<String> worded(Difference.Change change) {
        return List.of(
                word(change),
                EndInWords.of(change.source().label()),
                EndInWords.of(change.destination().label()),
                PortsInWords.of(change.before()),
                PortsInWords.of(change.after()));
    }

    private static String word(Difference.Change change) {
        if (change.before().isEmpty()) {
            return "added";
        }
        return change.after().isEmpty() ? "removed" : "changed";
    }

    private void text(Difference difference) {
        if (difference.isEmpty()) {
            out.println("no difference in what is allowed");
            return;
        }
        if (!difference.changes().isEmpty()) {
            Table table = new Table("CHANGE", "SOURCE", "DESTINATION", "BEFORE", "AFTER");
            difference.changes().forEach(change -> table.row(worded(change).toArray(String[]::new)));
            out.print(table.text(Terminal.detect()));
        }
        difference.appeared().forEach(workload -> out.println("new workload: " + Printable.line(workload.toString())));
        difference.vanished().forEach(workload -> out.println("workload gone: " + Printable.line(workload.toString())));
    }

    private void markdown(Difference difference) {
        if (difference.isEmpty()) {
            out.println("No difference in what is allowed.");
            return;
        }
        out.print(Markdown.heading(COLUMNS));
        difference.changes().forEach(change -> out.print(Markdown.row(worded(change))));
        out.println();
        difference
                .appeared()
                .forEach(workload -> out.println("- new workload: " + Markdown.escaped(workload.toString())));
        difference
                .vanished()
                .forEach(workload -> out.println("- workload gone: " + Markdown.escaped(workload.toString())));
    }

    private void json(Difference difference) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out).setPrettyPrinter(new DefaultPrettyPrinter());
        json.writeStartObject();
        json.writeArrayFieldStart("changes");
        for (Difference.Change change : difference.changes()) {
            List<String> row = row(change);
            json.writeStartObject();
            json.writeStringField("change", row.get(0));
            json.writeStringField("src", row.get(1));
            json.writeStringField("dst", row.get(2));
            json.writeStringField("before", row.get(3));
            json.writeStringField("after", row.get(4));
            json.writeEndObject();
        }
        json.writeEndArray();
        names(json, "newWorkloads", difference.appeared());
        names(json, "goneWorkloads", difference.vanished());
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private static void names(JsonGenerator json, String field, List<WorkloadName> workloads) throws IOException {
        json.writeArrayFieldStart(field);
        for (WorkloadName workload : workloads) {
            json.writeString(workload.toString());
        }
        json.writeEndArray();
    }
}
