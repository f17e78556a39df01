package dev.bulkhead.app.docs;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.Pages;
import dev.bulkhead.app.Program;
import dev.bulkhead.core.compile.RuleOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever looks up what they see finds it as they see it. */
class TroubleshootingTest {

    private static final String PAGE = Pages.text(Pages.DOCS.resolve("troubleshooting.md"));
    private static final Pattern GAP = Pattern.compile(" {2,}");
    private static final Pattern EVENT = Pattern.compile("^\\| `(\\w+)` \\| \\w+ \\|", Pattern.MULTILINE);
    private static final Pattern RULE = Pattern.compile("`((?:in|out)bound: \\[[^`]*)`");
    /** Of which nobody complains. */
    private static final Set<String> GOOD_NEWS = Set.of("RuleOpen", "Adopted");

    @Test
    void theMessagesOfThePageAreThoseOfTheProgram() {
        Program.Result result = Program.run(List.of(
                "render", "-f", Pages.ROOT.resolve("examples/troubleshooting").toString()));
        List<String[]> rules = result.err()
                .lines()
                .skip(1)
                .map(line -> GAP.split(line, -1))
                .filter(columns -> columns.length == 5)
                .toList();

        assertEquals(15, rules.size(), result.err());
        for (String[] columns : rules) {
            assertTrue(
                    PAGE.contains("| `" + columns[3] + "` | `" + columns[4] + "` |"), () -> String.join(" ", columns));
        }
    }

    @Test
    void everyStateInWhichARuleIsNotOpenHasAMessageOnThePage() {
        for (RuleOutcome.State state : RuleOutcome.State.values()) {
            if (state != RuleOutcome.State.OPEN) {
                assertTrue(PAGE.contains("\n| `" + state.label() + "` | `"), state.label());
            }
        }
    }

    @Test
    void everyEventThatTellsOfTroubleIsOnThePage() {
        String events = Pages.text(Pages.DOCS.resolve("operating.md"));
        TreeSet<String> reasons = EVENT.matcher(events)
                .results()
                .map(event -> event.group(1))
                .filter(reason -> !GOOD_NEWS.contains(reason))
                .collect(toCollection(TreeSet::new));

        assertEquals(
                reasons,
                reasons.stream()
                        .filter(reason -> PAGE.contains("`" + reason + "`"))
                        .collect(toCollection(TreeSet::new)));
        assertTrue(reasons.contains("DriftRepaired"), reasons::toString);
    }

    @Test
    void everyRuleThatThePageAdvisesIsTaken(@TempDir Path folder) throws IOException {
        List<String> rules = RULE.matcher(PAGE)
                .results()
                .map(rule -> rule.group(1).replace("…", "[{port: 8443}]"))
                .toList();
        for (String rule : rules) {
            Path file = Files.writeString(folder.resolve("rule.yaml"), """
                    apiVersion: bulkhead.dev/v1alpha1
                    kind: AccessIntent
                    metadata: {name: advised, namespace: lab}
                    spec:
                      workload: {all: true}
                      %s
                    """.formatted(rule));
            Program.Result result = Program.run(List.of("render", "-f", file.toString()));
            assertEquals(0, result.exitCode(), rule + ": " + result.err());
        }
        assertEquals(3, rules.size(), rules::toString);
    }

    @Test
    void everyRunbookIsOnThePage() throws IOException {
        try (Stream<Path> runbooks = Files.list(Pages.DOCS.resolve("runbooks"))) {
            runbooks.forEach(runbook ->
                    assertTrue(PAGE.contains("](runbooks/" + runbook.getFileName() + ")"), runbook.toString()));
        }
    }
}
