package dev.bulkhead.app.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.terminal.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about threats tells of the attacks that are tried, and of no others. */
class ThreatModelTest {

    private static final Path PAGE =
            Path.of(System.getProperty("bulkhead.root"), "operator", "docs", "threat-model.md");
    private static final String BEGIN = "<!-- the attacks, written by ThreatModelTest -->\n";
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\">");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)]\\(#([^)]+)\\)");

    /** {@code -Dbulkhead.golden.update=true} writes them. */
    @Test
    void theTableIsThatOfTheAttacksThatAreTried() throws IOException {
        String page = Files.readString(PAGE);
        String written = page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table();
        if (Boolean.getBoolean("bulkhead.golden.update")) {
            Files.writeString(PAGE, written);
        } else {
            assertEquals(written, page);
        }
    }

    @Test
    void everyPromiseIsLinkedToAttacksThatAreThereByTheirNames() throws IOException {
        String page = Files.readString(PAGE);
        List<String> anchors =
                ANCHOR.matcher(page).results().map(found -> found.group(1)).toList();
        Matcher links = LINK.matcher(page);
        while (links.find()) {
            assertTrue(anchors.contains(links.group(2)), links.group());
        }
        String promises = page.substring(page.indexOf("## What is promised"), page.indexOf("## What is not promised"));
        for (String promise : promises.split("\n- ", -1)) {
            assertTrue(promise.startsWith("## ") || LINK.matcher(promise).find(), promise);
        }
    }

    private static String table() {
        long limits = Attacks.all().stream()
                .filter(attack -> attack.limit().isPresent())
                .count();
        return "\n" + Attacks.all().size() + " attacks, " + limits
                + " of which succeed: known limits, with the reason.\n"
                + Stream.of(Goal.values()).map(ThreatModelTest::section).collect(Collectors.joining());
    }

    private static String section(Goal goal) {
        return "\n### <a id=\"" + goal.anchor() + "\"></a>" + goal.title()
                + "\n\n| attack | means | result | without reserved policies |\n|---|---|---|---|\n"
                + Attacks.of(goal).stream()
                        .map(attack -> "| <a id=\"" + attack.anchor() + "\"></a>" + Markdown.escaped(attack.name())
                                + " | " + Markdown.escaped(attack.means()) + " | " + attack.result() + " | "
                                + attack.resultWithoutReservation() + " |\n")
                        .collect(Collectors.joining());
    }
}
