package dev.bulkhead.app.diff;

import dev.bulkhead.app.ExitCode;
import dev.bulkhead.app.snapshot.InputOptions;
import dev.bulkhead.app.snapshot.ReadingOptions;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.core.reach.Difference;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What changed, whatever made the policies. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description =
                "Compares what two sets of manifests allow: connections added, removed and changed, and workloads that"
                        + " only one of them has.",
        footerHeading = "%nExample:%n",
        footer = "  bulkhead diff --base before/ --head after/ -o md",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:both allow the same",
            "1:something is wrong with the input or the options",
            "2:there is a difference"
        })
public final class DiffCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--base",
            required = true,
            paramLabel = "FILE|FOLDER|-",
            description = "What to compare with. May be given several times.")
    private List<String> base;

    @Option(
            names = "--head",
            required = true,
            paramLabel = "FILE|FOLDER|-",
            description = "What to compare. May be given several times.")
    private List<String> head;

    @Mixin
    private InputOptions input;

    @Mixin
    private ReadingOptions reading;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "text|json|csv|md",
            description = "The format (default: ${DEFAULT-VALUE}).")
    private DifferenceFormat format;

    @Override
    public Integer call() throws IOException {
        Difference difference = Difference.between(side(base), side(head), reading.reading());
        new DifferenceWriter(spec.commandLine().getOut()).write(difference, format);
        return difference.isEmpty() ? ExitCode.AS_EXPECTED : ExitCode.DIFFERENT;
    }

    private Difference.Side side(List<String> files) {
        Snapshot snapshot = input.load(files, spec.commandLine().getErr());
        return new Difference.Side(snapshot.topology(), snapshot.reconciled());
    }
}
