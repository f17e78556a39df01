package dev.bulkhead.app.policytest;

import dev.bulkhead.app.ExitCode;
import dev.bulkhead.app.FailedException;
import dev.bulkhead.app.connection.FileFailure;
import dev.bulkhead.app.explain.Explainer;
import dev.bulkhead.app.explain.Explanation;
import dev.bulkhead.app.explain.ExplanationText;
import dev.bulkhead.app.manifest.Finding;
import dev.bulkhead.app.manifest.SourceFile;
import dev.bulkhead.app.manifest.SourceFiles;
import dev.bulkhead.app.snapshot.Ends;
import dev.bulkhead.app.snapshot.ReadingOptions;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.app.snapshot.SourceOptions;
import dev.bulkhead.app.terminal.Printable;
import dev.bulkhead.app.terminal.PrintableWriter;
import dev.bulkhead.app.terminal.Terminal;
import dev.bulkhead.app.wording.Plural;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Policy tests. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = {
            "Holds what is allowed against what is expected, and explains what differs.",
            "A file of tests has 'kind: ConnectivityTest' and a list 'tests' of from, to, port, protocol (TCP unless said)"
                    + " and expect (Allowed or Denied, for every pair of pods)."
        },
        footerHeading = "%nExample:%n",
        footer = "  bulkhead test -f manifests/ connectivity-tests.yaml --junit report.xml",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is as expected", "1:something is wrong with the input or the options", "2:a test failed"
        })
public final class TestCommand implements Callable<Integer> {

    private static final int INDENTATION = 8;

    @Spec
    private CommandSpec spec;

    @Mixin
    private SourceOptions source;

    @Mixin
    private ReadingOptions reading;

    @Option(names = "--junit", paramLabel = "FILE", description = "Also writes the outcomes as JUnit XML.")
    private Path junit;

    @Option(
            names = {"-q", "--quiet"},
            description = "Shows only what failed.")
    private boolean quiet;

    @Parameters(arity = "1..*", paramLabel = "TESTS", description = "Files of tests, or folders of them.")
    private List<String> files;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<ConnectivityTest> tests = tests();
        Snapshot snapshot = source.load(spec.commandLine().getErr());
        Explainer explainer = new Explainer(snapshot, reading.reading());
        TestRunner runner = new TestRunner(new Ends(snapshot), explainer);
        Terminal terminal = Terminal.detect();
        List<TestOutcome> outcomes = new ArrayList<>();
        for (ConnectivityTest test : tests) {
            TestOutcome outcome = runner.run(test);
            outcomes.add(outcome);
            if (outcome.passed()) {
                if (!quiet) {
                    out.println(terminal.good("passed") + "  " + Printable.line(test.name()));
                }
            } else {
                out.println(terminal.bad("FAILED") + "  " + Printable.line(test.name()));
                details(outcome, explainer, terminal)
                        .lines()
                        .map(line -> line.isEmpty() ? line : " ".repeat(INDENTATION) + line)
                        .forEach(out::println);
            }
        }
        long failed = outcomes.stream().filter(outcome -> !outcome.passed()).count();
        out.println(Plural.of(outcomes.size(), "test") + ", " + failed + " failed");
        out.flush();
        if (junit != null) {
            writeJunit(outcomes, explainer);
        }
        return failed == 0 ? ExitCode.AS_EXPECTED : ExitCode.DIFFERENT;
    }

    private List<ConnectivityTest> tests() {
        List<Finding> findings = new ArrayList<>();
        List<ConnectivityTest> tests = new ArrayList<>();
        for (SourceFile file : new SourceFiles(InputStream.nullInputStream(), findings::add).read(files)) {
            tests.addAll(new TestFileReader(file, findings::add).read());
        }
        if (!findings.isEmpty()) {
            throw new FailedException(findings.stream().map(Finding::toString).toList());
        }
        if (tests.isEmpty()) {
            throw new FailedException(String.join(", ", files) + ": there are no tests in it");
        }
        return tests;
    }

    private static String details(TestOutcome outcome, Explainer explainer, Terminal terminal) {
        String explained = outcome.explanation()
                .map(explanation -> explainer.withChange(explanation))
                .map(explanation -> "\n" + text(explanation, explainer, terminal))
                .orElse("");
        return Printable.line(outcome.test().place() + ": " + outcome.failure().orElse("")) + explained;
    }

    private static String text(Explanation explanation, Explainer explainer, Terminal terminal) {
        return new ExplanationText(explainer::policy, terminal).write(explanation);
    }

    private void writeJunit(List<TestOutcome> outcomes, Explainer explainer) {
        Terminal plain = new Terminal(Integer.MAX_VALUE, false);
        try (Writer out = new PrintableWriter(Files.newBufferedWriter(junit, StandardCharsets.UTF_8), false)) {
            new JunitReport(outcome -> details(outcome, explainer, plain)).write(outcomes, out);
        } catch (IOException e) {
            throw new FailedException(junit + ": it cannot be written: " + FileFailure.reason(e));
        }
    }
}
