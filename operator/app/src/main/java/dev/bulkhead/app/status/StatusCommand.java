package dev.bulkhead.app.status;

import dev.bulkhead.app.ExitCode;
import dev.bulkhead.app.FailedException;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.app.snapshot.SourceOptions;
import dev.bulkhead.app.terminal.Terminal;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.intent.Spelling;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How the rules stand. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Says how every declared rule stands: what fails, what is forbidden, what waits for another team, with what that"
                    + " team would declare, what is not enforced, and what is open.",
            "With -n only the rules of that namespace. What is told is worked out anew from what is declared, so a running operator"
                    + " is not asked and there is no --server: what it has published is in the statuses of the intents and in the console,"
                    + " neither of which says what another team would declare."
        },
        footerHeading = "%nExample:%n",
        footer = "  bulkhead status --cluster -n shop",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every rule is open, or is not enforced",
            "1:something is wrong with the input or the options",
            "2:a rule waits or fails",
            "3:a guardrail forbids a rule, or its segment does"
        })
public final class StatusCommand implements Callable<Integer> {

    private enum Format {
        TEXT,
        JSON
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private SourceOptions source;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "text|json",
            description = "The format (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Snapshot snapshot = source.load(spec.commandLine().getErr());
        Optional<String> namespace = namespace();
        namespace.ifPresent(name -> require(name, snapshot.world().namespaces().keySet()));
        StatusReport report = StatusReport.of(
                snapshot, source.isCluster(), name -> namespace.isEmpty() || name.equals(namespace.get()));
        StatusOutput writer = new StatusOutput(out, report);
        if (format == Format.JSON) {
            writer.json();
        } else {
            writer.text(Terminal.detect());
        }
        out.flush();
        if (report.has(RuleOutcome.State.FORBIDDEN)) {
            return ExitCode.FORBIDDEN;
        }
        return report.has(
                        RuleOutcome.State.AWAITING_PEER, RuleOutcome.State.UNRESOLVED, RuleOutcome.State.UNENFORCEABLE)
                ? ExitCode.DIFFERENT
                : ExitCode.AS_EXPECTED;
    }

    /** The one that was asked for, rather than the default for objects that name none. */
    private Optional<String> namespace() {
        return spec.commandLine().getParseResult().hasMatchedOption("--namespace")
                ? Optional.of(source.namespace())
                : Optional.empty();
    }

    private static void require(String name, Set<String> known) {
        if (!known.contains(name)) {
            throw new FailedException("there is no namespace " + name
                    + Spelling.nearest(name, known)
                            .map(near -> "; did you mean " + near + "?")
                            .orElse(""));
        }
    }
}
