package dev.bulkhead.demo.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.demo.PseudoTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the demo is built and run, as one source file, with a Maven that only says it does something. */
class LaunchTest {

    private static final Path SOURCE = Path.of(System.getProperty("bulkhead.root"))
            .resolve("operator/demo/src/main/java/dev/bulkhead/demo/launch/Launch.java");

    @TempDir
    private Path root;

    @BeforeEach
    void makeTarget() throws IOException {
        Files.createDirectories(root.resolve("operator/demo/target"));
    }

    @Test
    void progressIsALineForEachModuleAndThenTheDemoRuns() throws Exception {
        maven("""
                echo '[INFO] Scanning for projects...'
                echo '[INFO] Building Bulkhead core 0.1.0-SNAPSHOT                        [1/2]'
                echo '[INFO] Compiling 100 source files'
                echo '[INFO] Building Bulkhead demo 0.1.0-SNAPSHOT                        [2/2]'
                printf '%%s' '%s' > operator/demo/target/class-path
                echo "$@" > arguments
                """.formatted(System.getProperty("java.class.path")));

        try (PseudoTerminal run = launch()) {
            // The demo itself says that there is no such control plane: it was run, and its exit code is handed on.
            assertEquals(1, run.awaitEnd(), run::text);
            assertTrue(run.text().contains("Building core, 1 of 2, after"), run::text);
            assertTrue(run.text().contains("Building demo, 2 of 2, after"), run::text);
            assertTrue(run.text().contains("-Dbulkhead.controlPlane=none: there are embedded and real."), run::text);
            assertFalse(run.text().contains("[INFO]"), run::text);
        }
        String log = Files.readString(root.resolve("operator/demo/target/build.log"));
        assertTrue(log.contains("[INFO] Compiling 100 source files"), log);
        String arguments = Files.readString(root.resolve("arguments"));
        assertTrue(arguments.contains("-Dmaven.repo.local=/the/repository"), arguments);
        assertTrue(arguments.contains("--offline"), arguments);
        assertFalse(arguments.contains("--settings"), arguments);
    }

    @Test
    void aBuildThatFailsSaysWhyAndWhereTheRestIs() throws Exception {
        maven("""
                echo '[INFO] Building Bulkhead core 0.1.0-SNAPSHOT                        [1/2]'
                echo '[ERROR] Core.java:[3,5] cannot find symbol'
                exit 1
                """);

        try (PseudoTerminal run = launch()) {
            assertEquals(1, run.awaitEnd(), run::text);
            assertTrue(
                    run.text().contains("The demo cannot be built:\n[ERROR] Core.java:[3,5] cannot find symbol"),
                    run::text);
            assertTrue(run.text().contains("operator/demo/target/build.log"), run::text);
        }
    }

    private void maven(String script) throws IOException {
        Path program = Files.createDirectories(root.resolve("maven/bin")).resolve("mvn");
        Files.writeString(program, "#!/bin/sh\n" + script);
        assertTrue(program.toFile().setExecutable(true));
    }

    private PseudoTerminal launch() throws IOException {
        return PseudoTerminal.runWithoutTerminal(
                root,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dmaven.home=" + root.resolve("maven"),
                        "-Dmaven.repo.local=/the/repository",
                        "-Dmaven.settings=/no/settings.xml",
                        "-Dmaven.offline=true",
                        "-Dbulkhead.controlPlane=none",
                        SOURCE.toString()));
    }
}
