package dev.bulkhead.app.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ExamplesTest {

    private static final Path EXAMPLES = Golden.ROOT.resolve("examples");
    private static final Path RESULTS = Golden.RESOURCES.resolve("examples");

    @TestFactory
    Stream<DynamicTest> everyConceptRendersAsExpected() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES.resolve("concepts"))) {
            return files.sorted().toList().stream()
                    .map(file -> dynamicTest(file.getFileName().toString(), () -> {
                        String name = file.getFileName().toString().replace(".yaml", "");
                        assertEquals(0, Golden.render(file, List.of()).exitCode());
                        Golden.compare(
                                file, List.of(), RESULTS.resolve("concepts").resolve(name));
                    }));
        }
    }

    @Test
    void theShopRendersAsExpected() throws IOException {
        assertEquals(0, Golden.render(EXAMPLES.resolve("shop"), List.of()).exitCode());
        Golden.compare(EXAMPLES.resolve("shop"), List.of(), RESULTS.resolve("shop"));
    }
}
