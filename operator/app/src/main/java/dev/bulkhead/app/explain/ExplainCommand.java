package dev.bulkhead.app.explain;

import dev.bulkhead.app.ExitCode;
import dev.bulkhead.app.remote.Server;
import dev.bulkhead.app.snapshot.End;
import dev.bulkhead.app.snapshot.Ends;
import dev.bulkhead.app.snapshot.LiveSourceOptions;
import dev.bulkhead.app.snapshot.PortOfInterest;
import dev.bulkhead.app.snapshot.ReadingOptions;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.app.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Why, and why not. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Says whether a connection is allowed, which policy, rule and item decides it in each direction, which intents"
                    + " stand behind them, how the declared rules stand, and which intents would open it.",
            "Of files it judges what their declarations come to; of a cluster, the policies that are in force, and it says where"
                    + " these are not what is declared.",
            "Ends are written ns/pod, ns/Kind/name (every pod of it), ns/Service/name (the pods behind it) or as an IP"
                    + " address."
        },
        footerHeading = "%nExample:%n",
        footer = "  bulkhead explain -f manifests/ shop/Deployment/checkout pay/payments-0 8443",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:explained, whatever the verdict", "1:something is wrong with the input or the options"})
public final class ExplainCommand implements Callable<Integer> {

    private enum Format {
        TEXT,
        JSON
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private LiveSourceOptions source;

    @Mixin
    private ReadingOptions reading;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "text|json",
            description = "The format (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Parameters(index = "0", paramLabel = "SRC", description = "Who connects.")
    private String from;

    @Parameters(index = "1", paramLabel = "DST", description = "To whom.")
    private String to;

    @Parameters(
            index = "2",
            paramLabel = "PORT[/PROTO]",
            converter = PortConverter.class,
            description =
                    "On which port of the destination's pods, by number or name; of a Service, on a port of its own."
                            + " TCP unless said.")
    private PortOfInterest port;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Optional<Server> server = source.server(reading.reading());
        if (server.isPresent()) {
            out.print(server.get().get("explain", question()));
            out.flush();
            return ExitCode.AS_EXPECTED;
        }
        Snapshot snapshot = source.load(spec.commandLine().getErr());
        Ends ends = new Ends(snapshot);
        End one = ends.find(from);
        End other = ends.find(to);
        Explainer explainer = source.isCluster()
                ? Explainer.ofCluster(snapshot, reading.reading())
                : new Explainer(snapshot, reading.reading());
        Explanation explanation = explainer.explain(one, other, port);
        if (format == Format.JSON) {
            new ExplanationJson(explainer::policy, out).write(explanation);
        } else {
            out.print(new ExplanationText(explainer::policy, Terminal.detect()).write(explanation));
        }
        out.flush();
        return ExitCode.AS_EXPECTED;
    }

    private Map<String, String> question() {
        return Map.of(
                "from",
                from,
                "to",
                to,
                "port",
                port.port() + "/" + port.protocol(),
                "output",
                format.name().toLowerCase(Locale.ROOT));
    }

    /** Ports as an argument has them. */
    static final class PortConverter implements ITypeConverter<PortOfInterest> {
        @Override
        public PortOfInterest convert(String text) {
            return PortOfInterest.parse(text);
        }
    }
}
