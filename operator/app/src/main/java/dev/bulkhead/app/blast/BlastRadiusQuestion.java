package dev.bulkhead.app.blast;

import dev.bulkhead.app.ExitCode;
import dev.bulkhead.app.FailedException;
import dev.bulkhead.app.snapshot.Ends;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.app.terminal.Terminal;
import dev.bulkhead.core.reach.Reachability;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.WorkloadName;
import java.io.IOException;
import java.io.PrintWriter;

/** Asks the question in one direction or the other, and tells the answer. */
final class BlastRadiusQuestion {

    private final BlastRadiusOptions options;
    private final Direction direction;
    private final PrintWriter out;
    private final PrintWriter err;

    /** @param direction EGRESS for whom an end reaches, INGRESS for who reaches it */
    BlastRadiusQuestion(BlastRadiusOptions options, Direction direction, PrintWriter out, PrintWriter err) {
        this.options = options;
        this.direction = direction;
        this.out = out;
        this.err = err;
    }

    int ask(String end) throws IOException {
        Snapshot snapshot = options.source.load(err);
        WorkloadName workload = new Ends(snapshot.topology())
                .find(end)
                .workload()
                .orElseThrow(() -> new FailedException(end
                        + ": name a workload or a pod; 'bulkhead connectivity' lists what addresses outside reach"));
        BlastRadiusReport report = BlastRadiusReport.of(
                Reachability.of(snapshot.topology(), snapshot.reconciled(), options.reading.reading()),
                workload,
                direction,
                options.hops);
        BlastRadiusWriter writer = new BlastRadiusWriter(out, report);
        if (options.format == BlastRadiusOptions.Format.JSON) {
            writer.json();
        } else {
            writer.text(Terminal.detect());
        }
        out.flush();
        int found = report.reached().size();
        if (options.maximum != null && found > options.maximum) {
            err.println(found + " workloads, more than the " + options.maximum + " that --max allows");
            err.flush();
            return ExitCode.DIFFERENT;
        }
        return ExitCode.AS_EXPECTED;
    }
}
