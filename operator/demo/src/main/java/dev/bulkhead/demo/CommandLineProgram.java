package dev.bulkhead.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The command line program, in a folder for the PATH: as it was compiled, since the demo packages nothing. */
final class CommandLineProgram implements AutoCloseable {

    private static final List<String> NAMES = List.of("bulkhead", "kubectl-bulkhead");

    private final Path folder;

    private CommandLineProgram(Path folder) {
        this.folder = folder;
    }

    static CommandLineProgram create() {
        try {
            CommandLineProgram program = new CommandLineProgram(Files.createTempDirectory("bulkhead-demo-"));
            for (String name : NAMES) {
                File file = Files.writeString(program.folder.resolve(name), script())
                        .toFile();
                if (!file.setExecutable(true)) {
                    throw new IOException(file + " cannot be made executable");
                }
            }
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try {
            for (String name : NAMES) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String script() {
        return """
                #!/bin/sh
                exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dlogback.configurationFile=logback.xml \\
                  -classpath '%s' dev.bulkhead.app.Main "$@"
                """.formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"), System.getProperty("java.class.path"));
    }
}
