package dev.bulkhead.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every {@code commands/<case>.in.yaml}: what the commands in its first lines print about it. A new case needs no code;
 * {@code -Dbulkhead.golden.update=true} writes what is printed.
 */
class CommandsTest {

    private static final Path CASES = Path.of("src/test/resources/commands");
    private static final String COMMAND = "# $ ";

    @TempDir
    private Path folder;

    private static List<Path> inputs() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.filter(file -> file.toString().endsWith(".in.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> printWhatIsExpected() throws IOException {
        return inputs().stream()
                .map(input -> dynamicTest(input.getFileName().toString(), () -> {
                    Path expected = Path.of(input.toString().replace(".in.yaml", ".out.txt"));
                    String printed = transcript(input, input);
                    if (Boolean.getBoolean("bulkhead.golden.update")) {
                        Files.writeString(expected, printed);
                    }
                    assertEquals(Files.readString(expected), printed);
                }));
    }

    @TestFactory
    Stream<DynamicTest> theOrderOfTheInputDoesNotShow() throws IOException {
        return inputs().stream()
                .map(input -> dynamicTest(input.getFileName().toString(), () -> {
                    List<String> documents =
                            new ArrayList<>(List.of(Files.readString(input).split("(?m)^---$", -1)));
                    Collections.reverse(documents);
                    Path reversed =
                            Files.writeString(folder.resolve("reversed.yaml"), String.join("\n---\n", documents));

                    assertEquals(transcript(input, input), transcript(input, reversed));
                }));
    }

    /** @param content the file that is read */
    private static String transcript(Path input, Path content) throws IOException {
        StringBuilder transcript = new StringBuilder();
        for (String line : Files.readAllLines(input)) {
            if (line.startsWith(COMMAND)) {
                String command = line.substring(COMMAND.length());
                Program.Result result = Program.run(Stream.of(command.split(" ", -1))
                        .map(argument -> argument.equals("{in}") ? content.toString() : argument)
                        .toList());
                transcript
                        .append("$ ")
                        .append(command)
                        .append('\n')
                        .append(result.out())
                        .append(result.err());
                transcript.append("exit ").append(result.exitCode()).append("\n\n");
            }
        }
        return transcript.toString();
    }
}
