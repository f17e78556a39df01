package dev.bulkhead.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The Go tool of this machine. */
final class Go {

    private static final String KUBERNETES_VERSION = "1.36.3";
    // Without the version the API server would call itself v0.0.0.
    private static final String LINKER_FLAGS = "-s -w"
            + " -X k8s.io/component-base/version.gitVersion=v" + KUBERNETES_VERSION
            + " -X k8s.io/component-base/version.gitMajor=1"
            + " -X k8s.io/component-base/version.gitMinor=36";
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(10);
    private static final int LINES_KEPT = 40;

    private final Path executable;
    private final String version;

    Go(Path executable) {
        this.executable = executable;
        version = versionOf(executable);
    }

    /** The Go on the PATH, or else where Go's own installation puts it. */
    static Optional<Go> find() {
        String path = System.getenv("PATH") == null ? "" : System.getenv("PATH");
        return Stream.of((path + ":/usr/local/go/bin").split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "go"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Go::new);
    }

    /** Such as {@code go1.26.1 linux amd64}. */
    String version() {
        return version;
    }

    /**
     * Compiles the sources of a folder into one program and says now and then how far it is.
     *
     * @throws ControlPlaneUnavailableException if that fails; the message has the end of what Go said
     */
    void build(Path sources, Path program, PrintStream progress) {
        ProcessBuilder builder = new ProcessBuilder(
                        executable.toString(),
                        "build",
                        "-v",
                        "-trimpath",
                        "-buildvcs=false",
                        "-ldflags",
                        LINKER_FLAGS,
                        "-o",
                        program.toString(),
                        ".")
                .directory(sources.toFile())
                .redirectErrorStream(true);
        // The same program wherever it is built, a C compiler or not.
        builder.environment().put("CGO_ENABLED", "0");
        progress.println("Building a Kubernetes " + KUBERNETES_VERSION + " control plane with " + version
                + ", once for this machine; this takes some six minutes on two cores.");
        Deque<String> lastLines = new ArrayDeque<>();
        int code = run(builder, lastLines, progress);
        if (code != 0) {
            throw new ControlPlaneUnavailableException("Go could not build the control plane (code " + code
                    + "). It needs a module proxy and 5 GB of disk. Go said:\n" + String.join("\n", lastLines));
        }
    }

    /**
     * Builds a program of a published module.
     *
     * @param program the module's path of it, with a version
     * @param folder where the program comes to be
     * @throws ToolUnavailableException if that fails; the message has the end of what Go said
     */
    void install(String program, Path folder, PrintStream progress) {
        ProcessBuilder builder = new ProcessBuilder(
                        executable.toString(), "install", "-v", "-ldflags", "-s -w", program)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("GOBIN", folder.toString());
        builder.environment().put("CGO_ENABLED", "0");
        progress.println("Building " + program + " with " + version + ", once for this machine.");
        Deque<String> lastLines = new ArrayDeque<>();
        int code = run(builder, lastLines, progress);
        if (code != 0) {
            throw new ToolUnavailableException("Go could not build " + program + " (code " + code
                    + "). It needs a module proxy. Go said:\n" + String.join("\n", lastLines));
        }
    }

    private static int run(ProcessBuilder builder, Deque<String> lastLines, PrintStream progress) {
        Instant start = Instant.now();
        Instant nextReport = start.plus(BETWEEN_REPORTS);
        int steps = 0;
        try {
            Process process = builder.start();
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    steps++;
                    lastLines.add(line);
                    if (lastLines.size() > LINES_KEPT) {
                        lastLines.remove();
                    }
                    if (Instant.now().isAfter(nextReport)) {
                        nextReport = Instant.now().plus(BETWEEN_REPORTS);
                        long seconds = Duration.between(start, Instant.now()).toSeconds();
                        progress.printf("  %4d s, step %4d: %s%n", seconds, steps, line);
                    }
                }
            }
            return process.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlPlaneUnavailableException("interrupted while Go was building", e);
        }
    }

    private static String versionOf(Path go) {
        try {
            Process process = new ProcessBuilder(List.of(go.toString(), "env", "GOVERSION", "GOOS", "GOARCH"))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new ControlPlaneUnavailableException(go + " env failed");
            }
            return String.join(" ", answer.strip().split("\\s+"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlPlaneUnavailableException("interrupted while asking " + go + " for its version", e);
        }
    }
}
