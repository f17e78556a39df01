package dev.bulkhead.demo.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.demo.PseudoTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The first command of the README, with a small program in place of the one that builds and runs the demo. */
class FirstCommandTest {

    private static final Path ROOT = Path.of(System.getProperty("bulkhead.root"));
    /** Of Maven around the demo: what is built is told by others. */
    private static final int FEW_LINES = 25;

    @TempDir
    private Path folder;

    static boolean script() {
        return PseudoTerminal.isPossible();
    }

    @Test
    @EnabledIf(value = "script", disabledReason = "script of util-linux or env of GNU is not on the PATH")
    void whatItRunsIsAtTheTerminalAndLittleElseIsSaid() throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.run(ROOT, command())) {
            assertEquals(0, terminal.awaitEnd(), terminal::text);

            assertTrue(terminal.text().contains("terminal: true"), terminal::text);
            assertTrue(terminal.text().lines().count() < FEW_LINES, terminal::text);
            assertFalse(terminal.text().contains("Bulkhead core"), terminal::text);
        }
    }

    @Test
    void withoutATerminalWhatItRunsKnowsThatThereIsNone() throws Exception {
        try (PseudoTerminal none = PseudoTerminal.runWithoutTerminal(ROOT, command())) {
            assertEquals(0, none.awaitEnd(), none::text);

            assertTrue(none.text().contains("terminal: false"), none::text);
            assertTrue(none.text().contains("control plane: embedded"), none::text);
        }
    }

    private List<String> command() throws IOException {
        Path probe = Files.writeString(folder.resolve("Probe.java"), """
                public class Probe {
                    public static void main(String[] arguments) {
                        System.setProperty("jdk.console", "java.base");
                        System.out.println("terminal: " + (System.console() != null));
                        System.out.println("control plane: " + System.getProperty("bulkhead.controlPlane"));
                    }
                }
                """);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "-Pdemo",
                "-Dbulkhead.demo.program=" + probe));
        String repository = System.getProperty("localRepository");
        if (repository != null) {
            command.add("-Dmaven.repo.local=" + repository);
        }
        return command;
    }
}
