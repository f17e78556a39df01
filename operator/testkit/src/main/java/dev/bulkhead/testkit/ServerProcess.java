package dev.bulkhead.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One server of a control plane: a process whose output goes to a file. Its standard input is held open, because the
 * servers of {@link ServerBinaries.OneFile} end when it does: so they end with this JVM, however that ends.
 */
final class ServerProcess {

    private final String name;
    private final Path log;
    private final Process process;

    private ServerProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    static ServerProcess start(String name, List<String> command, Path logs) {
        Path log = logs.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(logs.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("CONTROL_PLANE_ENDS_WITH_STDIN", "true");
        builder.environment().put("TMPDIR", logs.getParent().toString());
        try {
            return new ServerProcess(name, log, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isNamed(String candidate) {
        return name.equals(candidate);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** @throws IllegalStateException if the server has ended by itself */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended with code " + process.exitValue() + ":\n" + lastLines());
        }
    }

    /** Ends the server at once; a graceful end of the API server would hold its port for a while. */
    void kill() {
        // Not to be interrupted: whoever closes a control plane wants its servers gone.
        process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    void pause() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + signal + " " + name + ": code " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while signalling " + name, e);
        }
    }

    private String lastLines() {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(log));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e.getMessage() + ")";
        }
    }
}
