package dev.bulkhead.app.argocd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Applications of both layouts. */
class ApplicationsTest {

    private static final Path EXAMPLE = HealthScript.ROOT.resolve("examples/argocd");
    private static final Path APPLICATIONS = EXAMPLE.resolve("applications");
    private static final Set<String> TEAMS = Set.of("shop", "pay");
    private static final YAMLMapper YAML = new YAMLMapper();

    private static List<JsonNode> objects(Path file) throws IOException {
        try (var documents = YAML.readerFor(JsonNode.class).readValues(new YAMLFactory().createParser(file.toFile()))) {
            List<JsonNode> objects = new ArrayList<>();
            documents.forEachRemaining(document -> objects.add((JsonNode) document));
            return objects;
        }
    }

    private static List<JsonNode> inFolder(Path folder) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                objects.addAll(objects(file));
            }
        }
        return objects;
    }

    private static List<JsonNode> ofKind(String kind) throws IOException {
        return inFolder(APPLICATIONS).stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
    }

    private static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    @Test
    void everyApplicationHasItsFolderAndItsProject() throws IOException {
        Set<String> projects =
                ofKind("AppProject").stream().map(ApplicationsTest::name).collect(Collectors.toSet());
        for (JsonNode application : ofKind("Application")) {
            JsonNode spec = application.path("spec");
            assertTrue(
                    Files.isDirectory(HealthScript.ROOT.resolve(
                            spec.path("source").path("path").asText())),
                    application::toString);
            assertTrue(projects.contains(spec.path("project").asText()), application::toString);
        }
    }

    @Test
    void aTeamCanCommitNothingClusterScopedNothingElsewhereAndNoPolicies() throws IOException {
        List<JsonNode> projects = ofKind("AppProject").stream()
                .filter(project -> TEAMS.contains(name(project)))
                .toList();
        assertEquals(TEAMS.size(), projects.size());
        for (JsonNode project : projects) {
            JsonNode spec = project.path("spec");
            assertTrue(spec.path("clusterResourceWhitelist").isEmpty(), project::toString);
            assertEquals(1, spec.path("destinations").size());
            assertEquals(
                    name(project),
                    spec.path("destinations").path(0).path("namespace").asText());
            assertEquals(
                    "NetworkPolicy",
                    spec.path("namespaceResourceBlacklist").path(0).path("kind").asText());
            for (JsonNode object : inFolder(EXAMPLE.resolve(name(project)))) {
                assertEquals(
                        name(project), object.path("metadata").path("namespace").asText());
            }
        }
    }

    @Test
    void theApplicationOfThePlatformHasAllDeclarationsAndNoWorkloads() throws IOException {
        String include = objects(APPLICATIONS.resolve("platform.yaml"))
                .get(0)
                .path("spec")
                .path("source")
                .path("directory")
                .path("include")
                .asText();
        PathMatcher included = FileSystems.getDefault().getPathMatcher("glob:" + include);
        try (Stream<Path> files = Files.walk(EXAMPLE)) {
            assertEquals(
                    Set.of(
                            "pay/intents.yaml",
                            "platform/guardrails.yaml",
                            "platform/segments.yaml",
                            "shop/intents.yaml"),
                    files.map(EXAMPLE::relativize)
                            .filter(included::matches)
                            .map(Path::toString)
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void limitsComeBeforeIntentsIntentsBeforeWorkloadsAndEnforcementLast() throws IOException {
        Map<Integer, Set<String>> kinds = new TreeMap<>();
        for (String folder : List.of("platform", "shop", "pay")) {
            for (JsonNode object : inFolder(EXAMPLE.resolve(folder))) {
                int wave = object.path("metadata")
                        .path("annotations")
                        .path("argocd.argoproj.io/sync-wave")
                        .asInt();
                kinds.computeIfAbsent(wave, number -> new TreeSet<>())
                        .add(object.path("kind").asText());
            }
        }
        assertEquals(
                Map.of(
                        -1,
                        Set.of("Guardrail"),
                        0,
                        Set.of("AccessIntent"),
                        1,
                        Set.of("Deployment", "ServiceAccount"),
                        2,
                        Set.of("Segment")),
                kinds);
    }
}
