package dev.bulkhead.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Other programs, among them scripts of this repository, in a folder with programs of the test's own first on the PATH. */
public final class Shell {

    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();

    /** @param folder where programs run; {@code bin} in it comes first on the PATH */
    public Shell(Path folder) throws IOException {
        this.folder = folder;
        Path bin = Files.createDirectories(folder.resolve("bin"));
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
    }

    public static boolean has(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    /** Puts a program on the PATH. */
    public Path program(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve("bin").resolve(name), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    /**
     * A script that runs this program as it was compiled, whatever stands before {@code skipped} arguments; it logs as the
     * product does.
     */
    public static String ourselves(int skipped) {
        return """
                #!/bin/sh
                shift %d
                exec '%s' -XX:TieredStopAtLevel=1 -Dlogback.configurationFile=logback.xml -cp '%s' dev.bulkhead.app.Main "$@"
                """.formatted(skipped, Path.of(System.getProperty("java.home"), "bin", "java"), classPath());
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    public Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public Program.Result run(String... command) throws IOException, InterruptedException {
        return run(Arrays.asList(command));
    }

    public Program.Result run(List<String> command) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(found(command))
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        int exitCode = builder.start().waitFor();
        return new Program.Result(
                exitCode, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    /** Java looks for programs on the PATH that it was started with itself. */
    private List<String> found(List<String> command) {
        Path own = folder.resolve("bin").resolve(command.get(0));
        List<String> found = new ArrayList<>(command);
        if (Files.isExecutable(own)) {
            found.set(0, own.toString());
        }
        return found;
    }
}
