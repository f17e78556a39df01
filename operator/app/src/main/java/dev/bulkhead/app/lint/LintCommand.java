package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.app.ExitCode;
import dev.bulkhead.app.manifest.Finding;
import dev.bulkhead.app.snapshot.ReadingOptions;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.app.snapshot.SourceOptions;
import dev.bulkhead.app.terminal.Terminal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is likely not meant as it is written. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description =
                "Finds what is likely not meant as it is written, in policies and in intents: each finding with a stable"
                        + " code, its place, and what to do about it. What cannot be read is a finding too (BH000).",
        footerHeading = "%nExample:%n",
        footer = "  bulkhead lint -f manifests/ -o sarif > lint.sarif",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing as bad as --fail-on says",
            "1:something is wrong with the options, or the input cannot be found",
            "2:there are such findings",
            "3:a guardrail forbids a rule, or its segment does (BH017), whatever --fail-on says"
        })
public final class LintCommand implements Callable<Integer> {

    private enum Format {
        TEXT,
        JSON,
        SARIF
    }

    private enum FailOn {
        ERROR,
        WARNING,
        INFO,
        NEVER
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private SourceOptions source;

    @Mixin
    private ReadingOptions reading;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "text|json|sarif",
            description = "The format (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Option(
            names = "--fail-on",
            defaultValue = "warning",
            paramLabel = "error|warning|info|never",
            description = "The least severity that gives exit code 2 (default: ${DEFAULT-VALUE}).")
    private FailOn failOn;

    @Override
    public Integer call() throws IOException {
        List<Finding> invalid = new ArrayList<>();
        Snapshot snapshot = source.load(invalid::add);
        ImmutableList<LintFinding> findings = Linter.lint(snapshot, invalid, reading.reading());
        LintWriter writer = new LintWriter(spec.commandLine().getOut());
        switch (format) {
            case TEXT -> writer.text(findings, Terminal.detect());
            case JSON -> writer.json(findings);
            case SARIF -> writer.sarif(findings);
        }
        if (findings.stream().anyMatch(finding -> finding.code() == Code.BH017)) {
            return ExitCode.FORBIDDEN;
        }
        boolean failed = failOn != FailOn.NEVER
                && findings.stream().anyMatch(finding -> finding.severity().isAtLeast(Severity.valueOf(failOn.name())));
        return failed ? ExitCode.DIFFERENT : ExitCode.AS_EXPECTED;
    }
}
