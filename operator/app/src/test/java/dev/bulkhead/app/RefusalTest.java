package dev.bulkhead.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody reads whose command is wrong. */
class RefusalTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "lint --foo -f .~there is no option '--foo'; take it out",
                "lint --fial-on=info -f .~there is no option '--fial-on'; did you mean --fail-on?",
                "lint~--filename or --cluster is missing; write -f FILE|FOLDER|- or --cluster",
                "lint -f~--filename needs a value; write -f FILE|FOLDER|-",
                "lint -f . --cluster~--filename and --cluster exclude each other; give one of them",
                "lint -f . -o xml~--output: 'xml' is none of text, json, sarif",
                "lint -f . -o jsn~--output: 'jsn' is none of text, json, sarif; did you mean json?",
                "lint -f . -o json -o text~--output is given twice; give it once",
                "lint -f . --ip-blocks x~--ip-blocks: 'x' is none of match-pods, never-match-pods",
                "lint -f . extra~'extra' is one argument too many; take it out",
                "lnt -f .~there is no command 'lnt'; did you mean 'lint'?",
                "diff --base .~--head is missing; write --head FILE|FOLDER|-",
                "explain -f . a/b~DST and PORT[/PROTO] are missing; write 'bulkhead explain … SRC DST PORT[/PROTO]'",
                "who-can-reach -f .~DST is missing; write 'bulkhead who-can-reach … DST'",
                "who-can-reach -f . --max x a/b~--max: 'x' is no whole number; write --max N",
                "render -f . --lenient=5~--lenient takes no value; write --lenient",
                "render -f . --cluster-cidr 10.0.0.0~--cluster-cidr: '10.0.0.0' has no prefix: write 10.0.0.0/32 for"
                        + " one address",
            })
    void isToldWhatToWriteInstead(String command, String message) {
        Program.Result result = Program.run(List.of(command.split(" ", -1)));

        assertEquals(ExitCode.FAILED, result.exitCode());
        assertEquals("", result.out());
        assertEquals(message, result.err().lines().findFirst().orElse(""));
        assertTrue(result.err().lines().skip(1).findFirst().orElse("").startsWith("See 'bulkhead"), result.err());
    }

    /** Whatever is looked at, a file that is not there is a mistake in the command, even where others are tolerated. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lint -f missing.yaml",
                "lint -f missing.yaml --fail-on never",
                "render -f missing.yaml --lenient",
                "status -f missing.yaml",
                "connectivity -f missing.yaml",
                "plan -f missing.yaml",
                "diff --base missing.yaml --head missing.yaml",
                "explain -f missing.yaml a/b c/d 80",
                "who-can-reach -f missing.yaml a/b"
            })
    void aFileThatIsNotThereFailsEveryCommand(String command) {
        Program.Result result = Program.run(List.of(command.split(" ", -1)));

        assertEquals(ExitCode.FAILED, result.exitCode(), result.out());
        assertEquals("", result.out());
        assertEquals(
                "missing.yaml: there is no such file or folder",
                result.err().lines().findFirst().orElse(""));
    }

    @Test
    void aFileThatIsThereIsLookedAtAllTheSame(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.yaml"), "a: [1");

        assertEquals(
                ExitCode.DIFFERENT,
                Program.run(Stream.of("lint", "-f", file.toString()).toList()).exitCode());
    }
}
