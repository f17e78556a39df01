package dev.bulkhead.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prometheus' own tool that judges metrics and rules. */
public final class Promtool {

    private final Path executable;

    /**
     * What it said.
     *
     * @param code 0 if it found nothing wrong
     */
    public record Verdict(int code, String words) {}

    private Promtool(Path executable) {
        this.executable = executable;
    }

    /** @throws ToolUnavailableException if this machine has no Go, or Go cannot build it */
    public static Promtool get() {
        return new Promtool(GoTool.PROMTOOL.executable());
    }

    /** What it makes of a scrape. */
    public Verdict checkMetrics(String scrape) {
        return run(scrape, "check", "metrics");
    }

    public Verdict checkRules(Path rules) {
        return run("", "check", "rules", "--lint=all", "--lint-fatal", rules.toString());
    }

    public Verdict testRules(Path tests) {
        return run("", "test", "rules", tests.toString());
    }

    private Verdict run(String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Verdict(process.waitFor(), words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while promtool was running", e);
        }
    }
}
