package dev.bulkhead.app;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.bulkhead.app.operator.OperatorCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Whatever the documentation shows is tried. */
class DocumentationTest {

    private static final Path ROOT = Pages.ROOT;
    private static final Pattern CHOSEN_TESTS =
            Pattern.compile("mvn verify -pl (\\S+) -am -Dtest='?([\\w,]+)'? -Dsurefire.failIfNoSpecifiedTests=false.*");
    private static final Pattern SHOWN = Pattern.compile(
            "^```console\\njava -jar operator/app/target/bulkhead[.]jar ([^\\n]*)\\n```\\n\\n```(text|json)\\n(.*?)^```",
            Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern KIND = Pattern.compile(
            "kind (create cluster|load image-archive operator/image/target/(?<archive>\\S+)) --name bulkhead");
    /** Lines of a window that is not small. */
    private static final int SCREEN = 40;

    private static final String TESTS = "kind: ConnectivityTest";
    private static final String PROGRAM = "java -jar operator/app/target/bulkhead.jar ";

    static List<Path> pages() {
        return Pages.all();
    }

    static List<Path> pagesWithoutWalkthroughs() {
        return Pages.withoutWalkthroughs();
    }

    @ParameterizedTest
    @MethodSource("pagesWithoutWalkthroughs")
    void everyManifestOfAPageIsTaken(Path page, @TempDir Path folder) throws IOException {
        List<String> manifests = Pages.blocks(page, "yaml").stream()
                .filter(block -> !block.contains(TESTS))
                .toList();
        Path file = Files.writeString(folder.resolve("page.yaml"), String.join("\n---\n", manifests));

        Program.Result result = Program.run(List.of("render", "-f", file.toString()));

        assertEquals(0, result.exitCode(), result.err());
    }

    @ParameterizedTest
    @MethodSource("pagesWithoutWalkthroughs")
    void everyFileOfTestsOfAPageIsReadAndPasses(Path page, @TempDir Path folder) throws IOException {
        for (String block : Pages.blocks(page, "yaml")) {
            if (block.contains(TESTS)) {
                Path file = Files.writeString(folder.resolve("tests.yaml"), block);
                Program.Result result = Program.run(
                        List.of("test", "-f", ROOT.resolve("examples/shop").toString(), file.toString()));
                assertEquals(0, result.exitCode(), result.out() + result.err());
            }
        }
    }

    /** What a page shows below a command is what the command prints; {@code -Dbulkhead.golden.update=true} writes it. */
    @ParameterizedTest
    @MethodSource("pages")
    void whatAPageShowsBelowACommandIsWhatItPrints(Path page) throws IOException {
        Matcher shown = SHOWN.matcher(Files.readString(page));
        StringBuilder updated = new StringBuilder();
        List<Executable> comparisons = new ArrayList<>();
        while (shown.find()) {
            String command = shown.group(1);
            Program.Result result = Program.run(arguments(command));
            assertNotEquals(ExitCode.FAILED, result.exitCode(), command + ": " + result.err());
            String printed = result.out().replace(ROOT + "/", "").stripTrailing();
            String expected = shown.group(3).stripTrailing();
            comparisons.add(() -> assertEquals(expected, printed, command));
            shown.appendReplacement(
                    updated,
                    Matcher.quoteReplacement("```console\n" + PROGRAM + command + "\n```\n\n```" + shown.group(2) + "\n"
                            + printed + "\n```"));
        }
        shown.appendTail(updated);
        if (Boolean.getBoolean("bulkhead.golden.update")) {
            Files.writeString(page, updated.toString());
        } else {
            assertAll(comparisons);
        }
    }

    @Test
    void theFirstIntentOfTheReadmeOpensTheConnection(@TempDir Path folder) throws IOException {
        String manifests = String.join("\n---\n", Pages.blocks(ROOT.resolve("README.md"), "yaml"));
        Path file = Files.writeString(folder.resolve("readme.yaml"), manifests);

        Program.Result result = Program.run(List.of("render", "-f", file.toString()));

        assertTrue(result.out().contains("name: bulkhead-egress-checkout-"), result.out());
        assertTrue(result.out().contains("name: bulkhead-ingress-payments-"), result.out());
        assertEquals(
                2, Pattern.compile("\\bOpen\\b").matcher(result.err()).results().count(), result.err());
        assertFalse(result.err().contains("AwaitingPeer"), result.err());
    }

    @Test
    void bothCommandsStandOnTheFirstScreenOfTheReadme() {
        List<String> screen =
                Pages.text(ROOT.resolve("README.md")).lines().limit(SCREEN).toList();

        assertTrue(screen.containsAll(List.of("mvn -Pdemo", "mvn verify")), screen::toString);
    }

    @ParameterizedTest
    @MethodSource("pagesWithoutWalkthroughs")
    void everyCommandOfAPageWorks(Path page) throws IOException {
        assertAll(Pages.blocks(page, "console").stream()
                .flatMap(String::lines)
                .filter(line -> !line.isBlank())
                .map(command -> () -> tryOut(command)));
    }

    private static List<String> arguments(String line) {
        return Stream.of(line.split(" ", -1))
                .map(argument -> argument.startsWith("examples/")
                        ? ROOT.resolve(argument).toString()
                        : argument)
                .toList();
    }

    /** It needs a container daemon to run: what it is given is what the build makes, and goes into the cluster of the page. */
    private static void requireKind(String command) throws IOException {
        Matcher asked = KIND.matcher(command);
        assertTrue(asked.matches(), command + ": nothing here tries this command of kind");
        if (asked.group("archive") != null) {
            assertTrue(
                    Files.readString(ROOT.resolve("operator/image/pom.xml"))
                            .contains("${project.build.directory}/" + asked.group("archive")),
                    command + ": the image's build makes no such file");
        }
    }

    private static void tryOut(String command) throws IOException {
        if (command.startsWith(PROGRAM)) {
            Program.Result result = Program.run(arguments(command.substring(PROGRAM.length())));
            assertNotEquals(ExitCode.FAILED, result.exitCode(), command + ": " + result.err());
        } else if (command.startsWith("mvn -P")) {
            String profile = command.replaceFirst("^mvn -P(\\w+).*$", "$1");
            assertTrue(
                    Files.readString(ROOT.resolve("pom.xml")).contains("<id>" + profile + "</id>"),
                    command + ": there is no such profile");
        } else if (command.startsWith("mvn verify -pl ")) {
            requireTests(command);
        } else if (command.startsWith("helm install bulkhead charts/bulkhead")) {
            assertTrue(Files.exists(ROOT.resolve("charts/bulkhead/Chart.yaml")));
        } else if (command.startsWith("kind ")) {
            requireKind(command);
        } else if (!command.equals("mvn verify") && !command.startsWith("kubectl ")) {
            // KubectlTest runs those of kubectl.
            fail(command + ": nothing here tries this command");
        }
    }

    /** That the tests which a command runs are where it looks for them. */
    private static void requireTests(String command) throws IOException {
        Matcher chosen = CHOSEN_TESTS.matcher(command);
        assertTrue(chosen.matches(), command);
        try (Stream<Path> files = Files.walk(ROOT.resolve(chosen.group(1)).resolve("src/test/java"))) {
            Set<String> classes =
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            for (String test : chosen.group(2).split(",", -1)) {
                assertTrue(classes.contains(test + ".java"), command + ": there is no " + test);
            }
        }
    }

    @Test
    void everyOptionOfTheOperatorIsExplained() throws IOException {
        String page = Files.readString(ROOT.resolve("operator/docs/operating.md"));
        for (CommandLine.Model.OptionSpec option :
                new CommandLine(new OperatorCommand()).getCommandSpec().options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                assertTrue(page.contains("`" + option.longestName() + "`"), option.longestName());
            }
        }
    }
}
