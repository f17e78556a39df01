package dev.bulkhead.app.blast;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.google.common.collect.ImmutableList;
import dev.bulkhead.app.ExitCode;
import dev.bulkhead.app.FailedException;
import dev.bulkhead.app.snapshot.End;
import dev.bulkhead.app.snapshot.Ends;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.app.terminal.Table;
import dev.bulkhead.app.terminal.Terminal;
import dev.bulkhead.core.reach.BlastRadius;
import dev.bulkhead.core.reach.Reachability;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.WorkloadName;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.stream.Collectors;

/** Asks the question in one direction or the other, and tells the answer. */
final class BlastRadiusReport {

    private final BlastRadiusOptions options;
    private final Direction direction;
    private final PrintWriter out;
    private final PrintWriter err;

    /** @param direction EGRESS for whom an end reaches, INGRESS for who reaches it */
    BlastRadiusReport(BlastRadiusOptions options, Direction direction, PrintWriter out, PrintWriter err) {
        this.options = options;
        this.direction = direction;
        this.out = out;
        this.err = err;
    }

    int report(String end) throws IOException {
        Snapshot snapshot = options.source.load(err);
        End found = new Ends(snapshot.topology()).find(end);
        WorkloadName workload = found.workload()
                .orElseThrow(() -> new FailedException(end
                        + ": name a workload or a pod; 'bulkhead connectivity' lists what addresses outside reach"));
        Reachability reachability =
                Reachability.of(snapshot.topology(), snapshot.reconciled(), options.reading.reading());
        BlastRadius radius = new BlastRadius(reachability);
        ImmutableList<BlastRadius.Reached> reached = direction == Direction.EGRESS
                ? radius.reachableFrom(workload, options.hops)
                : radius.whoCanReach(workload, options.hops);
        ImmutableList<Reachability.OutsidePorts> outside =
                reachability.outside(direction, workload, Reachability.Ranges.MERGED);
        if (options.format == BlastRadiusOptions.Format.JSON) {
            writeJson(workload, reached, outside);
        } else {
            writeText(workload, reached, outside);
        }
        out.flush();
        if (options.maximum != null && reached.size() > options.maximum) {
            err.println(reached.size() + " workloads, more than the " + options.maximum + " that --max allows");
            err.flush();
            return ExitCode.DIFFERENT;
        }
        return ExitCode.AS_EXPECTED;
    }

    private void writeText(
            WorkloadName workload,
            ImmutableList<BlastRadius.Reached> reached,
            ImmutableList<Reachability.OutsidePorts> outside) {
        String verb = direction == Direction.EGRESS ? "reaches " : "is reached by ";
        out.println(workload + " " + verb + reached.size() + (reached.size() == 1 ? " workload" : " workloads")
                + (options.hops == 1 ? " directly" : ""));
        Terminal terminal = Terminal.detect();
        if (!reached.isEmpty()) {
            Table table = new Table("HOPS", "WORKLOAD", "CONNECTIONS", "PATH");
            reached.forEach(one -> table.row(
                    Integer.toString(one.hops()),
                    one.workload().toString(),
                    one.ports().toString(),
                    one.path().stream().map(WorkloadName::toString).collect(Collectors.joining(" -> "))));
            out.println();
            out.print(table.text(terminal));
        }
        if (!outside.isEmpty()) {
            Table table = new Table(direction == Direction.EGRESS ? "TO OUTSIDE" : "FROM OUTSIDE", "CONNECTIONS");
            outside.forEach(one -> table.row(one.range().toString(), one.ports().toString()));
            out.println();
            out.print(table.text(terminal));
        }
    }

    private void writeJson(
            WorkloadName workload,
            ImmutableList<BlastRadius.Reached> reached,
            ImmutableList<Reachability.OutsidePorts> outside)
            throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out).setPrettyPrinter(new DefaultPrettyPrinter());
        json.writeStartObject();
        json.writeStringField("workload", workload.toString());
        json.writeStringField("direction", direction == Direction.EGRESS ? "reachable-from" : "who-can-reach");
        json.writeArrayFieldStart("workloads");
        for (BlastRadius.Reached one : reached) {
            json.writeStartObject();
            json.writeStringField("workload", one.workload().toString());
            json.writeNumberField("hops", one.hops());
            json.writeStringField("conn", one.ports().toString());
            json.writeArrayFieldStart("path");
            for (WorkloadName step : one.path()) {
                json.writeString(step.toString());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("outside");
        for (Reachability.OutsidePorts one : outside) {
            json.writeStartObject();
            json.writeStringField("range", one.range().toString());
            json.writeStringField("conn", one.ports().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }
}
