package dev.bulkhead.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bulkhead.app.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever takes part in the project finds where GitHub looks for it. */
class CommunityTest {

    private static JsonNode yaml(String file) throws IOException {
        return new YAMLMapper().readTree(Pages.COMMUNITY.resolve(file).toFile());
    }

    @Test
    void theReadmeSaysHowToReportAVulnerabilityAndHowToContribute() {
        String readme = Pages.text(Pages.ROOT.resolve("README.md"));
        for (String page : List.of("SECURITY.md", "CONTRIBUTING.md", "CODE_OF_CONDUCT.md")) {
            assertTrue(readme.contains("(.github/" + page + ")"), page);
        }
    }

    @Test
    void theWorkflowRunsWhatRunsAllTestsAndMayWriteNothing() throws IOException {
        JsonNode workflow = yaml("workflows/ci.yml");
        assertEquals("read", workflow.at("/permissions/contents").asText());
        assertEquals(1, workflow.path("permissions").size());
        List<String> commands = StreamSupport.stream(
                        workflow.at("/jobs/test/steps").spliterator(), false)
                .filter(step -> step.has("run"))
                .map(step -> step.get("run").asText())
                .toList();
        assertEquals(".ci/run", commands.get(commands.size() - 1));
        assertTrue(Files.isExecutable(Pages.ROOT.resolve(".ci/run")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug.yml", "feature.yml"})
    void aFormHasWhatGitHubDemandsOfOne(String file) throws IOException {
        JsonNode form = yaml("ISSUE_TEMPLATE/" + file);
        assertFalse(form.path("name").asText().isEmpty());
        assertFalse(form.path("description").asText().isEmpty());
        Set<String> ids = new TreeSet<>();
        int asked = 0;
        for (JsonNode field : form.path("body")) {
            if (field.path("type").asText().equals("markdown")) {
                assertFalse(field.at("/attributes/value").asText().isEmpty());
            } else {
                asked++;
                ids.add(field.path("id").asText());
                assertFalse(field.at("/attributes/label").asText().isEmpty());
            }
        }
        assertTrue(asked > 0);
        assertEquals(asked, ids.size(), "each has an id of its own");
    }

    @Test
    void theFoldersThatContributorsAreToldOfAreThoseThatThereAre() throws IOException {
        String page = Pages.text(Pages.COMMUNITY.resolve("CONTRIBUTING.md"));
        try (var folders = Files.list(Pages.ROOT.resolve("operator"))) {
            Set<String> untold = folders.filter(Files::isDirectory)
                    .map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> !name.equals("target"))
                    .filter(name -> !page.contains("`operator/" + name + "`"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(Set.of(), untold);
        }
    }
}
