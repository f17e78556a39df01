package dev.bulkhead.testkit.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The documentation of the chart's values; {@code -Dbulkhead.update=true} writes it. */
class ValuesPageTest {

    private static final Path PAGE = Chart.repository().resolve("operator/docs/chart-values.md");

    @Test
    void thePageIsWhatTheCommentsSay() throws IOException {
        String page = committed().markdown();
        if (Boolean.getBoolean("bulkhead.update")) {
            Files.writeString(PAGE, page);
        }

        assertEquals(
                page,
                Files.readString(PAGE),
                "refresh it with: mvn -pl operator/testkit -am test -Dtest=ValuesPageTest -Dbulkhead.update=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false");
    }

    @Test
    void everyTopLevelValueIsExplainedByItselfOrByThoseBelowIt() throws IOException {
        List<ValuesPage.Value> values = committed().values();
        List<String> unexplained = values.stream()
                .filter(value -> !value.path().contains("."))
                .map(ValuesPage.Value::path)
                .filter(path -> values.stream()
                        .noneMatch(value ->
                                (value.path().equals(path) || value.path().startsWith(path + "."))
                                        && !value.description().isEmpty()))
                .toList();

        assertEquals(List.of(), unexplained);
    }

    @Test
    void valuesAreNamedByTheirPathAndListsStandInOneLine() {
        ValuesPage page = ValuesPage.of("""
                # Where it is.
                image:
                  # Which one,
                  # of several.
                  tag: ""
                flags:
                  - -a
                  - -b
                """);

        assertEquals(
                List.of(
                        new ValuesPage.Value("image", "", "Where it is."),
                        new ValuesPage.Value("image.tag", "\"\"", "Which one, of several."),
                        new ValuesPage.Value("flags", "-a -b", "")),
                page.values());
    }

    private static ValuesPage committed() throws IOException {
        return ValuesPage.of(Files.readString(Chart.ofRepository().root().resolve("values.yaml")));
    }
}
