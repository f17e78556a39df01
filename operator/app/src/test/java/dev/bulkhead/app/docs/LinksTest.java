package dev.bulkhead.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.app.Pages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever follows a link arrives. */
class LinksTest {

    private static final Pattern FENCE = Pattern.compile("^ *```.*?^ *```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]*)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ +(.*)$", Pattern.MULTILINE);
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\">");

    static Stream<Path> pages() {
        return Stream.of(Pages.all(), Pages.community(), List.of(Pages.ROOT.resolve("CHANGELOG.md")))
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAFileThatIsThereAndToAHeadingOfIt(Path page) {
        List<String> lost = new ArrayList<>();
        Matcher links = LINK.matcher(prose(page));
        while (links.find()) {
            String link = links.group(1);
            if (!link.startsWith("https://") && !arrives(page, link)) {
                lost.add(link);
            }
        }
        assertEquals(List.of(), lost);
    }

    @Test
    void everyPageIsReachedFromTheReadme() {
        List<Path> reached = new ArrayList<>(List.of(Pages.ROOT.resolve("README.md")));
        for (int next = 0; next < reached.size(); next++) {
            Path page = reached.get(next);
            LINK.matcher(prose(page))
                    .results()
                    .map(link -> link.group(1).replaceAll("#.*", ""))
                    .filter(link -> link.endsWith(".md") && !link.startsWith("https://"))
                    .map(link -> page.resolveSibling(link).normalize())
                    .filter(found -> !reached.contains(found))
                    .distinct()
                    .toList()
                    .forEach(reached::add);
        }

        assertEquals(
                List.of(),
                Pages.all().stream().filter(page -> !reached.contains(page)).toList());
    }

    @Test
    void headingsAreFoundByTheNamesThatACodeHostGivesThem() {
        assertEquals(
                List.of(
                        "two-commands",
                        "kubectl-bulkhead",
                        "10-labels-are-not-identity",
                        "who-may-x",
                        "who-may-x-1",
                        "at"),
                anchors("""
                        ## Two commands
                        ### `kubectl bulkhead`
                        ## 10. Labels are *not* identity
                        ## Who may [x](y.md)?
                        ## Who may x
                        ```text
                        # no heading
                        ```
                        <a id="at"></a>
                        """));
    }

    private static boolean arrives(Path page, String link) {
        int hash = link.indexOf('#');
        Path target = hash == 0 ? page : page.resolveSibling(hash < 0 ? link : link.substring(0, hash));
        return Files.exists(target) && (hash < 0 || anchors(Pages.text(target)).contains(link.substring(hash + 1)));
    }

    private static String prose(Path page) {
        return CODE.matcher(FENCE.matcher(Pages.text(page)).replaceAll("")).replaceAll("");
    }

    private static List<String> anchors(String page) {
        String prose = FENCE.matcher(page).replaceAll("");
        List<String> anchors = new ArrayList<>();
        Map<String, Integer> times = new HashMap<>();
        HEADING.matcher(prose).results().map(heading -> slug(heading.group(1))).forEach(slug -> {
            int before = times.merge(slug, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? slug : slug + "-" + before);
        });
        ANCHOR.matcher(prose).results().map(anchor -> anchor.group(1)).forEach(anchors::add);
        return anchors;
    }

    private static String slug(String heading) {
        return heading.replaceAll("\\]\\([^)]*\\)", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
