package dev.bulkhead.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.Pages;
import dev.bulkhead.app.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GuidesTest {

    private static final Path EXAMPLES = Pages.ROOT.resolve("examples/guides");
    /** What a guide takes place in, and what it tries its declarations on. */
    private static final Set<String> SCENERY =
            Set.of("scene.yaml", "workloads.yaml", "intent.yaml", "before.yaml", "after.yaml");

    @Test
    void theGuidesShowTheirExamplesAsTheyAre() throws IOException {
        Set<String> shown = Pages.all().stream()
                .filter(page -> page.startsWith(Pages.DOCS.resolve("guides")))
                .flatMap(page -> Pages.blocks(page, "yaml").stream())
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            List<Path> declared = files.filter(Files::isRegularFile)
                    .filter(file -> !SCENERY.contains(file.getFileName().toString()))
                    .toList();

            assertEquals(declared.stream().map(Pages::text).collect(Collectors.toSet()), shown);
        }
    }

    @Test
    void whatTheGuidesHaveAppTeamsDeclareOpens() {
        Program.Result states = Program.run(
                List.of("render", "-f", EXAMPLES.resolve("app-teams").toString()));

        List<String> rules = states.err().lines().skip(1).toList();
        assertEquals(5, rules.size(), states.err());
        assertTrue(rules.stream().allMatch(rule -> rule.contains(" Open ")), states.err());
    }
}
