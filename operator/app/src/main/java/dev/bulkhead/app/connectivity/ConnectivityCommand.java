package dev.bulkhead.app.connectivity;

import dev.bulkhead.app.ExitCode;
import dev.bulkhead.app.remote.Server;
import dev.bulkhead.app.snapshot.LiveSourceOptions;
import dev.bulkhead.app.snapshot.ReadingOptions;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.core.reach.Reachability;
import dev.bulkhead.core.world.Direction;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everything that is allowed. */
@Command(
        name = "connectivity",
        mixinStandardHelpOptions = true,
        description = {
            "Lists every connection that is allowed between workloads, and between them and the outside.",
            "Where intents are declared, as it will be once Bulkhead has written its policies; policies by others count as"
                    + " they are. A workload's connections to itself are left out."
        },
        footerHeading = "%nExample:%n",
        footer = "  bulkhead connectivity -f manifests/ -o md",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:listed", "1:something is wrong with the input or the options"})
public final class ConnectivityCommand implements Callable<Integer> {

    /** With more ranges of addresses than this, each workload is shown with its own. */
    private static final int MANY_RANGES = 256;

    private static final int BUFFER = 1 << 16;

    @Spec
    private CommandSpec spec;

    @Mixin
    private LiveSourceOptions source;

    @Mixin
    private ReadingOptions reading;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "text|json|csv|md|dot",
            description = "The format (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Option(
            names = "--ranges",
            paramLabel = "shared|merged",
            description = "How addresses outside are told apart: shared by the same ranges for all workloads, each that"
                    + " some policy tells apart; merged into the fewest for each workload (default: shared up to "
                    + MANY_RANGES + " of them, else merged).")
    private Reachability.Ranges ranges;

    @Override
    public Integer call() throws IOException {
        Optional<Server> server = source.server(reading.reading());
        if (server.isPresent()) {
            return ask(server.get());
        }
        Snapshot snapshot = source.load(spec.commandLine().getErr());
        Reachability reachability = Reachability.of(snapshot.topology(), snapshot.reconciled(), reading.reading());
        Writer out = new BufferedWriter(spec.commandLine().getOut(), BUFFER);
        ConnectionWriter writer = ConnectionWriters.of(format, out);
        writer.begin();
        reachability.connections(ranges(reachability), connection -> {
            try {
                writer.write(connection);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.end();
        out.flush();
        return ExitCode.AS_EXPECTED;
    }

    /** What would be more than text in a format is written here, whatever the server sends. */
    private int ask(Server server) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        String json = server.get("connectivity", Map.of("output", "json"));
        if (format == Format.JSON) {
            out.print(json);
        } else {
            ConnectionWriter writer = ConnectionWriters.of(format, out);
            writer.begin();
            for (Told connection : server.read(json, Told[].class)) {
                writer.write(connection.src(), connection.dst(), connection.conn());
            }
            writer.end();
        }
        out.flush();
        return ExitCode.AS_EXPECTED;
    }

    /** A connection as servers tell of it. */
    private record Told(String src, String dst, String conn) {}

    private Reachability.Ranges ranges(Reachability reachability) {
        if (ranges != null) {
            return ranges;
        }
        boolean many = Stream.of(Direction.values())
                .anyMatch(direction -> reachability.ranges(direction).size() > MANY_RANGES);
        return many ? Reachability.Ranges.MERGED : Reachability.Ranges.SHARED;
    }
}
