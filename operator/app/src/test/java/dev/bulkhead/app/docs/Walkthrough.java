package dev.bulkhead.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.marcnuri.helm.Helm;
import dev.bulkhead.app.ExitCode;
import dev.bulkhead.app.Pages;
import dev.bulkhead.app.Program;
import dev.bulkhead.app.Shell;
import dev.bulkhead.app.rights.ConfinedOperator;
import dev.bulkhead.cluster.OperatorSettings;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.chart.ChartAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;

/**
 * Somebody who follows a page, command by command, and compares what the page shows. What asks is asked until it answers
 * as shown; what changes something is run once. {@code -Dbulkhead.golden.update=true} writes what is shown.
 */
final class Walkthrough implements AutoCloseable {

    private static final String MANIFESTS = "examples/tutorial";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** So long an answer has to be the same before it is written to the page. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    private static final Pattern STEP = Pattern.compile(
            "^```console\\n([^\\n]+)\\n```\\n(?:\\n```text\\n(.*?)^```\\n)?", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern CHANGES = Pattern.compile("^(kubectl (apply|delete|patch|scale)|helm) .*");
    private static final Pattern AGE = Pattern.compile("(?<=  )\\d+(s|m(\\d+s)?|h(\\d+m)?)$", Pattern.MULTILINE);
    private static final Pattern POD = Pattern.compile("-[0-9a-f]{6,10}-[0-9a-z]{5}\\b");

    private final ControlPlane controlPlane;
    private final Shell shell;
    private ConfinedOperator operator;

    /** @param folder where the commands run */
    Walkthrough(ControlPlane controlPlane, Path folder) throws IOException {
        this.controlPlane = controlPlane;
        shell = new Shell(folder).with("KUBECONFIG", controlPlane.kubeconfig().toString());
        shell.program("bulkhead", Shell.ourselves(0));
        Path manifests = Files.createDirectories(folder.resolve(MANIFESTS));
        try (Stream<Path> files = Files.list(Pages.ROOT.resolve(MANIFESTS))) {
            for (Path file : files.toList()) {
                Files.copy(file, manifests.resolve(file.getFileName()));
            }
        }
    }

    static boolean isPossible() {
        return Shell.has("kubectl");
    }

    void follow(Path page) throws IOException, InterruptedException {
        boolean update = Boolean.getBoolean("bulkhead.golden.update");
        Matcher steps = STEP.matcher(Pages.text(page));
        StringBuilder updated = new StringBuilder();
        while (steps.find()) {
            String command = steps.group(1);
            String shown = steps.group(2);
            String answer = CHANGES.matcher(command).matches()
                    ? change(command)
                    : answer(command, Optional.ofNullable(shown), update);
            if (update) {
                String written = "```console\n" + command + "\n```\n"
                        + (shown == null ? "" : "\n```text\n" + normal(answer) + "```\n");
                steps.appendReplacement(updated, Matcher.quoteReplacement(written));
            } else if (shown != null) {
                assertEquals(normal(shown), normal(answer), command);
            }
        }
        if (update) {
            Files.writeString(page, steps.appendTail(updated).toString());
        }
    }

    /** Runs what changes something; again, if it is refused, since an API server learns of its own policies by watching. */
    String change(String command) throws IOException, InterruptedException {
        if (command.startsWith("helm install bulkhead charts/bulkhead ")) {
            installChart();
            return "";
        }
        StringBuilder out = new StringBuilder();
        Program.Result result = run(command);
        for (Instant end = Instant.now().plus(PATIENCE);
                result.exitCode() != 0 && Instant.now().isBefore(end);
                result = run(command)) {
            out.append(result.out());
        }
        assertEquals(0, result.exitCode(), command + ": " + result.err());
        if (command.startsWith("kubectl scale deployment bulkhead ")) {
            close();
            if (!command.endsWith(" --replicas 0")) {
                startOperator();
            }
        }
        String answer = out + result.out() + result.err();
        return command.contains(" --selector ")
                ? answer.lines().sorted().map(line -> line + "\n").collect(Collectors.joining())
                : answer;
    }

    private void installChart() {
        new Helm(Pages.ROOT.resolve("charts/bulkhead"))
                .install()
                .withName("bulkhead")
                .withNamespace(ChartAccount.NAMESPACE)
                .createNamespace()
                .withKubeConfig(controlPlane.kubeconfig())
                .call();
        startOperator();
    }

    /** The operator whose pods the control plane only makes believe runs here, under the chart's account. */
    private void startOperator() {
        operator = ConfinedOperator.startInstalled(controlPlane, OperatorSettings.alone());
    }

    private String answer(String command, Optional<String> expected, boolean update) {
        Question question = new Question(command);
        try {
            Await.until(command, PATIENCE, () -> {
                question.ask();
                return question.isAnswered()
                        && (update ? question.isSettled() : expected.isEmpty() || question.says(expected.get()));
            });
        } catch (IllegalStateException e) {
            throw new AssertionFailedError(
                    command + " says:\n" + question.answer, expected.orElse(""), question.answer, e);
        }
        return question.answer;
    }

    private Program.Result run(String command) throws IOException, InterruptedException {
        return shell.run("sh", "-c", command);
    }

    /** Ages and names of pods differ from run to run. */
    private static String normal(String output) {
        String lines = output.lines().map(line -> line.stripTrailing() + "\n").collect(Collectors.joining());
        return POD.matcher(AGE.matcher(lines).replaceAll("12s")).replaceAll("-6d8f7b9c54-x7k2p");
    }

    @Override
    public void close() {
        if (operator != null) {
            operator.close();
            operator = null;
        }
    }

    /** What is asked again and again. */
    private final class Question {

        private final String command;
        private int exitCode = ExitCode.FAILED;
        private String answer = "";
        private Instant since = Instant.now();

        private Question(String command) {
            this.command = command;
        }

        private void ask() {
            try {
                Program.Result result = run(command);
                String now = result.out() + result.err();
                if (!says(now)) {
                    since = Instant.now();
                }
                exitCode = result.exitCode();
                answer = now;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(command, e);
            }
        }

        private boolean isAnswered() {
            return exitCode != ExitCode.FAILED;
        }

        private boolean says(String expected) {
            return normal(answer).equals(normal(expected));
        }

        private boolean isSettled() {
            return since.plus(SETTLED).isBefore(Instant.now());
        }
    }
}
