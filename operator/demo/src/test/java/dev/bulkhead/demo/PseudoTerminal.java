package dev.bulkhead.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A program at a terminal of its own, as {@code script} of util-linux makes one, or without one. */
public final class PseudoTerminal implements AutoCloseable {

    private static final long PATIENCE_MINUTES = 4;
    private static final String INTERRUPT = "\u0003";

    /** What runs in the background of a script ignores Ctrl-C, and so does whatever it starts. */
    private static final String HEEDING_CTRL_C = "--default-signal=INT";

    private final Process process;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Thread reader = new Thread(this::read, "reader-of-terminal");

    private PseudoTerminal(Process process) {
        this.process = process;
        reader.setDaemon(true);
        reader.start();
    }

    /** Whether {@code script} of util-linux and {@code env} of GNU are there. */
    public static boolean isPossible() {
        return succeeds("script", "--quiet", "--command", "true", "/dev/null")
                && succeeds("env", HEEDING_CTRL_C, "true");
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public static PseudoTerminal run(Path folder, List<String> command) throws IOException {
        String line = command.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        return new PseudoTerminal(start(
                folder,
                List.of(
                        "script",
                        "--quiet",
                        "--return",
                        "--command",
                        "exec env " + HEEDING_CTRL_C + " " + line,
                        "/dev/null")));
    }

    public static PseudoTerminal runWithoutTerminal(Path folder, List<String> command) throws IOException {
        return new PseudoTerminal(start(folder, command));
    }

    private static Process start(Path folder, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    public synchronized String text() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    /** @return whether the program shows it; if not, it has ended, or nothing came for minutes */
    public synchronized boolean shows(String text) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        try {
            while (!text().contains(text) && reader.isAlive() && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.timedWait(this, 200);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return text().contains(text);
    }

    /** Presses Ctrl-C. */
    public void interrupt() throws IOException {
        process.getOutputStream().write(INTERRUPT.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** @return the exit code */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException("it does not end; it has shown\n" + text());
        }
        reader.join();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void read() {
        byte[] piece = new byte[4096];
        try (InputStream in = process.getInputStream()) {
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                synchronized (this) {
                    shown.write(piece, 0, length);
                    notifyAll();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
