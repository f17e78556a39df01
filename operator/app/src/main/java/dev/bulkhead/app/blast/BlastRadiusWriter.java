package dev.bulkhead.app.blast;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.google.common.collect.ImmutableList;
import dev.bulkhead.app.terminal.Printable;
import dev.bulkhead.app.terminal.Table;
import dev.bulkhead.app.terminal.Terminal;
import dev.bulkhead.app.wording.EndInWords;
import dev.bulkhead.app.wording.Plural;
import dev.bulkhead.app.wording.PortsInWords;
import dev.bulkhead.core.reach.BlastRadius;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.WorkloadName;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** How far somebody gets, for people and for programs. */
public final class BlastRadiusWriter {

    private final PrintWriter out;
    private final BlastRadiusReport report;

    public BlastRadiusWriter(PrintWriter out, BlastRadiusReport report) {
        this.out = out;
        this.report = report;
    }

    public void text(Terminal terminal) {
        Direction direction = report.direction();
        ImmutableList<BlastRadius.Reached> reached = report.reached();
        ImmutableList<BlastRadius.Outside> outside = report.outside();
        String verb = direction == Direction.EGRESS ? "reaches " : "is reached by ";
        out.println(Printable.line(report.workload().toString()) + " " + verb + Plural.of(reached.size(), "workload")
                + (report.hops() == 1 ? " directly" : ""));
        if (!reached.isEmpty()) {
            Table table = new Table("HOPS", "WORKLOAD", "CONNECTIONS", "PATH");
            reached.forEach(one -> table.row(
                    Integer.toString(one.hops()),
                    one.workload().toString(),
                    PortsInWords.of(one.ports()),
                    path(one.path())));
            out.println();
            out.print(table.text(terminal));
        }
        if (!outside.isEmpty()) {
            Table table = new Table(
                    "HOPS", direction == Direction.EGRESS ? "TO OUTSIDE" : "FROM OUTSIDE", "CONNECTIONS", "PATH");
            outside.forEach(one -> table.row(
                    Integer.toString(one.hops()),
                    EndInWords.of(one.range()),
                    PortsInWords.of(one.ports()),
                    path(one.path())));
            out.println();
            out.print(table.text(terminal));
        }
    }

    private static String path(List<WorkloadName> path) {
        return path.stream().map(WorkloadName::toString).collect(Collectors.joining(" -> "));
    }

    private static void path(JsonGenerator json, List<WorkloadName> path) throws IOException {
        json.writeArrayFieldStart("path");
        for (WorkloadName step : path) {
            json.writeString(step.toString());
        }
        json.writeEndArray();
    }

    /** By the schema {@code schemas/blast-radius.schema.json}. */
    public void json() throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out).setPrettyPrinter(new DefaultPrettyPrinter());
        json.writeStartObject();
        json.writeStringField("workload", report.workload().toString());
        json.writeStringField("direction", report.direction() == Direction.EGRESS ? "reachable-from" : "who-can-reach");
        json.writeArrayFieldStart("workloads");
        for (BlastRadius.Reached one : report.reached()) {
            json.writeStartObject();
            json.writeStringField("workload", one.workload().toString());
            json.writeNumberField("hops", one.hops());
            json.writeStringField("conn", one.ports().toString());
            path(json, one.path());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("outside");
        for (BlastRadius.Outside one : report.outside()) {
            json.writeStartObject();
            json.writeStringField("range", one.range().toString());
            json.writeNumberField("hops", one.hops());
            json.writeStringField("conn", one.ports().toString());
            path(json, one.path());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }
}
