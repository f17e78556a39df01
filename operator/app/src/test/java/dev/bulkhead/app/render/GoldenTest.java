package dev.bulkhead.app.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every {@code golden/<topic>/<sentence>.in.yaml}; a new case needs no code. */
class GoldenTest {

    private static final String INPUT = ".in.yaml";
    private static final String OPTIONS = "# options: ";

    private static List<Path> inputs() throws IOException {
        try (Stream<Path> files = Files.walk(Golden.RESOURCES.resolve("golden"))) {
            return files.filter(file -> file.toString().endsWith(INPUT))
                    .sorted()
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> rendersAsExpected() throws IOException {
        return inputs().stream()
                .map(input -> dynamicTest(
                        name(input), () -> Golden.compare(input, options(input), input.resolveSibling(name(input)))));
    }

    @TestFactory
    Stream<DynamicTest> theOrderOfTheInputDoesNotShow() throws IOException {
        return inputs().stream()
                .filter(GoldenTest::isRendered)
                .filter(input -> documents(input).size() > 1)
                .map(input -> dynamicTest(name(input), () -> {
                    List<String> documents = documents(input);
                    Collections.reverse(documents);
                    Path reversed = Files.createTempFile("reversed", ".yaml");
                    Files.writeString(reversed, String.join("\n---\n", documents));

                    assertEquals(Golden.render(input, options(input)), Golden.render(reversed, options(input)));
                    Files.delete(reversed);
                }));
    }

    @TestFactory
    Stream<DynamicTest> nothingTiesAPolicyToAnotherObject() throws IOException {
        return inputs().stream()
                .filter(GoldenTest::isRendered)
                .map(input -> dynamicTest(name(input), () -> {
                    String policies = Golden.render(input, options(input)).out();

                    assertFalse(policies.contains("ownerReferences"));
                    assertFalse(policies.contains("finalizers"));
                    assertFalse(policies.contains("argocd"));
                    assertFalse(policies.contains("[]"));
                }));
    }

    /** Of what is refused there is nothing to look at. */
    private static boolean isRendered(Path input) {
        return !input.getParent().endsWith("refused");
    }

    private static List<String> documents(Path input) {
        try {
            return new ArrayList<>(List.of(Files.readString(input).split("(?m)^---$")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path input) {
        String file = input.getFileName().toString();
        return file.substring(0, file.length() - INPUT.length());
    }

    private static List<String> options(Path input) throws IOException {
        return Files.readAllLines(input).stream()
                .filter(line -> line.startsWith(OPTIONS))
                .flatMap(line -> Stream.of(line.substring(OPTIONS.length()).split(" ")))
                .toList();
    }
}
