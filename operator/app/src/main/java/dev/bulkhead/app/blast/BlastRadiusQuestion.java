package dev.bulkhead.app.blast;

import dev.bulkhead.app.ExitCode;
import dev.bulkhead.app.FailedException;
import dev.bulkhead.app.remote.Server;
import dev.bulkhead.app.snapshot.Ends;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.app.terminal.Terminal;
import dev.bulkhead.app.wording.Plural;
import dev.bulkhead.core.reach.MemoryLimit;
import dev.bulkhead.core.reach.Reachability;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.WorkloadName;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        Optional<Server> server = options.source.server(options.reading.reading());
        int found = server.isPresent() ? ask(server.get(), end) : answer(end);
        out.flush();
        if (options.maximum != null && found > options.maximum) {
            err.println(Plural.of(found, "workload") + ", more than the " + options.maximum + " that --max allows");
            err.flush();
            return ExitCode.DIFFERENT;
        }
        return ExitCode.AS_EXPECTED;
    }

    /** @return how many workloads are found */
    private int answer(String end) throws IOException {
        Snapshot snapshot = options.source.load(err);
        WorkloadName workload = new Ends(snapshot)
                .find(end)
                .workload()
                .orElseThrow(() -> new FailedException(end
                        + ": name a workload or a pod; 'bulkhead connectivity' lists what addresses outside reach"));
        BlastRadiusReport report = BlastRadiusReport.of(
                Reachability.of(snapshot.topology(), snapshot.reconciled(), options.reading.reading()),
                workload,
                direction,
                options.hops,
                MemoryLimit.none());
        BlastRadiusWriter writer = new BlastRadiusWriter(out, report);
        if (options.format == BlastRadiusOptions.Format.JSON) {
            writer.json();
        } else {
            writer.text(Terminal.detect());
        }
        return report.reached().size();
    }

    private int ask(Server server, String end) {
        String place = direction == Direction.EGRESS ? "reachable-from" : "who-can-reach";
        String hops = options.hops == Integer.MAX_VALUE ? "all" : Integer.toString(options.hops);
        String json = server.get(place, Map.of("workload", end, "hops", hops));
        boolean asJson = options.format == BlastRadiusOptions.Format.JSON;
        out.print(asJson ? json : server.get(place, Map.of("workload", end, "hops", hops, "output", "text")));
        return server.read(json, Told.class).workloads().size();
    }

    /** As servers tell of it. */
    private record Told(List<ToldWorkload> workloads) {}

    private record ToldWorkload(String workload) {}
}
