package dev.bulkhead.demo.launch;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code mvn -Pdemo} runs: compiles what the demo needs, tells how far it is in one line, and runs the demo at the same
 * terminal. It is run as this one file, before anything is compiled, and so needs nothing but a JDK.
 */
public final class Launch {

    private static final Pattern MODULE = Pattern.compile("\\[INFO] Building Bulkhead (\\S+) \\S+ +\\[(\\d+)/(\\d+)]");
    private static final String ERASE = "\r\u001b[K";
    private static final int ERRORS_SHOWN = 20;

    private final Path demo;
    private final PrintStream out;
    private final boolean atTerminal;

    private Launch(Path root, PrintStream out, boolean atTerminal) {
        this.demo = root.resolve("operator/demo");
        this.out = out;
        this.atTerminal = atTerminal;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(new Launch(Path.of("").toAbsolutePath(), System.out, isAtTerminal()).run());
    }

    @SuppressWarnings("SystemConsoleNull")
    private static boolean isAtTerminal() {
        // As in the demo's Main: the console of this module is null where there is no terminal.
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }

    private int run() throws IOException, InterruptedException {
        Path log = Files.createDirectories(demo.resolve("target")).resolve("build.log");
        if (!Files.exists(demo.resolve("target/classes"))) {
            out.println("The first time, Maven fetches libraries and compiles everything, which takes a few minutes.");
        }
        Process maven = new ProcessBuilder(maven())
                .directory(demo.resolve("../..").toFile())
                .redirectErrorStream(true)
                .start();
        endWithUs(maven);
        maven.getOutputStream().close();
        List<String> errors = watch(maven, log);
        if (maven.waitFor() != 0) {
            out.println("The demo cannot be built:");
            errors.stream().limit(ERRORS_SHOWN).forEach(out::println);
            out.println("All that Maven said: " + log);
            return 1;
        }
        Process story = new ProcessBuilder(story()).inheritIO().start();
        endWithUs(story);
        return story.waitFor();
    }

    private List<String> maven() {
        boolean windows = File.separatorChar == '\\';
        List<String> command = new ArrayList<>();
        command.add(Path.of(property("maven.home"), "bin", windows ? "mvn.cmd" : "mvn")
                .toString());
        command.addAll(List.of(
                "--batch-mode",
                "-Pdemo-classes",
                "-Dmaven.test.skip=true",
                "-Dstyle.color=never",
                "-Dmaven.repo.local=" + property("maven.repo.local")));
        if (Files.exists(Path.of(property("maven.settings")))) {
            command.addAll(List.of("--settings", property("maven.settings")));
        }
        if (Boolean.getBoolean("maven.offline")) {
            command.add("--offline");
        }
        command.addAll(List.of("--projects", "operator/demo", "--also-make", "process-classes"));
        return command;
    }

    private List<String> story() throws IOException {
        String classPath = demo.resolve("target/classes")
                + File.pathSeparator
                + Files.readString(demo.resolve("target/class-path")).strip();
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dbulkhead.controlPlane=" + property("bulkhead.controlPlane"),
                "-Dbulkhead.demo.log=" + demo.resolve("target/demo.log"),
                "-classpath",
                classPath,
                "dev.bulkhead.demo.DemoMain");
    }

    /**
     * Tells how far Maven is, and keeps what it says.
     *
     * @return what it says about failures
     */
    private List<String> watch(Process maven, Path log) throws IOException {
        List<String> errors = new ArrayList<>();
        Progress progress = new Progress();
        try (BufferedReader said = maven.inputReader(StandardCharsets.UTF_8);
                BufferedWriter kept = Files.newBufferedWriter(log)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                kept.write(line);
                kept.newLine();
                kept.flush();
                Matcher module = MODULE.matcher(line);
                if (module.find()) {
                    progress.is("Building %s, %s of %s".formatted(module.group(1), module.group(2), module.group(3)));
                } else if (line.startsWith("[ERROR]")) {
                    errors.add(line);
                }
            }
        } finally {
            progress.end();
        }
        return errors;
    }

    /** One line that counts seconds at a terminal, a line for each step elsewhere. */
    private final class Progress {

        private final long start = System.nanoTime();
        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        private String step = "Starting Maven";

        Progress() {
            if (atTerminal) {
                Future<?> unused = clock.scheduleAtFixedRate(this::show, 0, 1, TimeUnit.SECONDS);
            }
        }

        synchronized void is(String next) {
            step = next;
            if (!atTerminal) {
                out.println(step + ", after " + seconds());
            }
        }

        synchronized void end() {
            clock.shutdownNow();
            if (atTerminal) {
                out.print(ERASE);
                out.flush();
            }
        }

        private synchronized void show() {
            if (!clock.isShutdown()) {
                out.print(ERASE + step + ", " + seconds() + " ");
                out.flush();
            }
        }

        private String seconds() {
            return Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s";
        }
    }

    private static void endWithUs(Process process) {
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-child"));
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("run this with mvn -Pdemo: " + name + " is not set");
        }
        return value;
    }
}
