package dev.bulkhead.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** Help, completion and man pages. */
class HelpTest {

    /** Those that we wrote. */
    static Collection<CommandLine> commands() {
        return Main.commandLine().getSubcommands().values().stream()
                .filter(command -> command.getCommand().getClass().getName().startsWith("dev.bulkhead"))
                .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theHelpOfACommandExplainsEveryOptionAndItsExitCodes(CommandLine command) {
        String help = Program.run(List.of(command.getCommandName(), "--help")).out();

        for (OptionSpec option : command.getCommandSpec().options()) {
            assertTrue(help.contains(name(option)), option.longestName());
            assertFalse(String.join("", option.description()).isBlank(), option.longestName());
        }
        if (!command.getCommandName().equals("operator")) {
            assertTrue(help.contains("Example:"), help);
            assertTrue(help.contains("Exit codes:"), help);
        }
    }

    /** Without what stands before it: one that can be negated is written {@code --[no-]name}. */
    private static String name(OptionSpec option) {
        return option.longestName().substring("--".length());
    }

    @Test
    void commandsAreListedByWhatSomebodyWants() {
        String help = Program.run(List.of("--help")).out();

        List<Integer> places = Stream.of("Understand:", "  status ", "Change:", "  plan ", "Check:", "  lint ", "Run:")
                .map(help::indexOf)
                .toList();
        assertTrue(places.get(0) > 0, help);
        assertEquals(places.stream().sorted().toList(), places, help);
        assertFalse(help.contains("Others:"), help);
    }

    @Test
    void whatIsSeldomNeededComesLast() {
        String help = Program.run(List.of("plan", "--help")).out();

        List<Integer> places = Stream.of(
                        "--details",
                        "Input:",
                        "--filename=",
                        "Cluster:",
                        "--kubeconfig",
                        "How clusters and network plugins differ:",
                        "--ip-blocks",
                        "--host-network",
                        "--operator-namespace",
                        "--cluster-cidr")
                .map(help::lastIndexOf)
                .toList();
        assertEquals(places.stream().sorted().toList(), places, help);
        assertTrue(help.startsWith("Usage: bulkhead plan [OPTIONS]"), help);
    }

    @Test
    void bashCompletesCommandsAndOptions(@TempDir Path folder) throws IOException, InterruptedException {
        Path script = Files.writeString(
                folder.resolve("completion.sh"),
                Program.run(List.of("generate-completion")).out());

        assertEquals("connectivity", completed(script, "bulkhead", "conn"));
        assertTrue(completed(script, "bulkhead", "connectivity", "--ho").contains("--host-network"));
    }

    @Test
    void scriptsOfOtherShellsAreToldWhatAWordMayBecome() {
        assertEquals("connectivity\n", completed("conn"));
        assertTrue(completed("connectivity", "--ho").contains("--host-network"));
        assertTrue(completed("plan", "--").contains("--details\n"));
        assertTrue(completed("").contains("who-can-reach\n"));
        assertFalse(completed("").contains("__complete"));
        assertEquals("", completed("no-such-command", "x"));
        assertEquals("json\nmd\ntext\n", completed("plan", "--output", ""));
    }

    private static String completed(String... words) {
        Program.Result result = Program.run(
                Stream.concat(Stream.of("__complete", "--"), Stream.of(words)).toList());
        assertEquals(0, result.exitCode(), result.err());
        return result.out();
    }

    /** As bash calls it when the last word is completed. */
    private static String completed(Path script, String... words) throws IOException, InterruptedException {
        String call = "source '" + script + "'; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                + (words.length - 1) + "; COMP_LINE='" + String.join(" ", words)
                + "'; COMP_POINT=${#COMP_LINE}; _complete_bulkhead; echo \"${COMPREPLY[*]}\"";
        Process bash =
                new ProcessBuilder("bash", "-c", call).redirectErrorStream(true).start();
        String reply = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        bash.waitFor();
        return reply;
    }

    @Test
    void everyCommandHasAManPageThatNamesItsOptions(@TempDir Path folder) throws IOException {
        int exitCode = ManPageGenerator.generateManPage(
                folder.toFile(), null, new boolean[0], true, Main.commandLine().getCommandSpec());

        assertEquals(0, exitCode);
        for (CommandLine command : commands()) {
            String page = Files.readString(folder.resolve("bulkhead-" + command.getCommandName() + ".adoc"));
            for (OptionSpec option : command.getCommandSpec().options()) {
                assertTrue(page.contains(name(option)), command.getCommandName() + " " + option.longestName());
            }
        }
    }
}
