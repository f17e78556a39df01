package dev.bulkhead.app.ecosystem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bulkhead.app.Program;
import dev.bulkhead.app.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The jobs of {@code examples/ci} as the code hosts read them. */
class JobsTest {

    private static final Path ROOT = Path.of(System.getProperty("bulkhead.root"));
    private static final Path CI = ROOT.resolve("examples/ci");
    private static final String EXPRESSION = "${{";
    private static final Pattern BARE_VARIABLE = Pattern.compile("(?<!\")\\$\\w+");

    @TempDir
    private Path folder;

    static boolean git() {
        return Shell.has("git");
    }

    private static JsonNode read(String file) throws IOException {
        return new YAMLMapper().readTree(CI.resolve(file).toFile());
    }

    @Test
    void noValueIsWrittenIntoAScript() throws IOException {
        List<String> scripts = new ArrayList<>();
        read("github/action.yml")
                .path("runs")
                .path("steps")
                .forEach(step -> scripts.add(step.path("run").asText()));
        read("github/workflow.yml")
                .path("jobs")
                .path("plan")
                .path("steps")
                .forEach(step -> scripts.add(step.path("run").asText()));
        read("gitlab/.gitlab-ci.yml").path("bulkhead-plan").path("script").forEach(line -> scripts.add(line.asText()));

        for (String script : scripts) {
            assertFalse(script.contains(EXPRESSION), script);
            assertFalse(BARE_VARIABLE.matcher(script).find(), script);
        }
    }

    @Test
    void theTokenOfTheJobMayReadTheRepositoryAndWriteThePullRequest() throws IOException {
        JsonNode workflow = read("github/workflow.yml");

        assertEquals("pull_request", workflow.path("on").asText());
        assertTrue(workflow.path("permissions").isEmpty());
        JsonNode job = workflow.path("jobs").path("plan");
        assertEquals(
                Map.of("contents", "read", "pull-requests", "write"),
                new YAMLMapper().convertValue(job.path("permissions"), Map.class));
        for (JsonNode step : job.path("steps")) {
            if (step.path("uses").asText().startsWith("actions/checkout@")) {
                assertFalse(step.path("with").path("persist-credentials").asBoolean(true), step::toString);
            }
        }
    }

    /** What the pull request itself brings is read, never run. */
    @Test
    void theActionAndItsProgramComeFromElsewhereThanThePullRequest() throws IOException {
        for (JsonNode step :
                read("github/workflow.yml").path("jobs").path("plan").path("steps")) {
            assertFalse(step.path("uses").asText().startsWith("./head"), step::toString);
            assertFalse(step.path("working-directory").asText().startsWith("head"), step::toString);
        }
    }

    @Test
    void theActionHandsItsInputsToTheScripts() throws Exception {
        Map<String, String> values = Map.of(
                "${{ inputs.head }}", ROOT.resolve("examples/change/after.yaml").toString(),
                "${{ inputs.base }}",
                        ROOT.resolve("examples/change/before.yaml").toString(),
                "${{ runner.temp }}/bulkhead-plan.md",
                        folder.resolve("bulkhead-plan.md").toString(),
                "${{ inputs.fail-on-forbidden }}", "true",
                "${{ inputs.token }}", "secret-token",
                "${{ github.event.pull_request.number }}", "7",
                "${{ github.action_path }}", CI.resolve("github").toString());
        Shell shell = new Shell(folder)
                .with("GITHUB_REPOSITORY", "acme/shop")
                .with("GITHUB_OUTPUT", folder.resolve("output").toString());
        shell.program("bulkhead", Shell.ourselves(0));
        shell.program("gh", """
                #!/bin/sh
                [ "$GH_TOKEN" = secret-token ] || exit 9
                printf '%s\\n' "$*" >>asked
                """);
        JsonNode step = read("github/action.yml").path("runs").path("steps").path(0);
        step.path("env").properties().forEach(variable -> {
            String value = values.get(variable.getValue().asText());
            assertNotNull(value, variable::toString);
            shell.with(variable.getKey(), value);
        });

        script(shell, step.path("run").asText());

        assertTrue(Files.readString(folder.resolve("asked")).contains("POST repos/acme/shop/issues/7/comments"));
        assertTrue(Files.readString(folder.resolve("bulkhead-plan.md")).contains("store/shop[Deployment]"));
        assertEquals("exit-code=2\n", Files.readString(folder.resolve("output")));
    }

    @Test
    @EnabledIf(value = "git", disabledReason = "git is not on the PATH")
    void theJobOfGitLabComparesWithWhereTheMergeRequestBegan() throws Exception {
        Shell shell = new Shell(folder);
        shell.program("bulkhead", Shell.ourselves(0));
        Path repository = Files.createDirectories(folder.resolve("repository"));
        manifests(repository, "change/before.yaml");
        Path scripts = Files.createDirectories(repository.resolve("ci/bulkhead/gitlab"));
        Files.copy(CI.resolve("plan.sh"), repository.resolve("ci/bulkhead/plan.sh"));
        Files.copy(CI.resolve("gitlab/run.sh"), scripts.resolve("run.sh"));
        assertTrue(repository.resolve("ci/bulkhead/plan.sh").toFile().setExecutable(true));
        script(shell, "cd repository && git init --quiet && git add --all && " + commit("before"));
        String base = script(shell, "cd repository && git rev-parse HEAD").out().strip();
        manifests(repository, "change/after.yaml");
        script(shell, "cd repository && git add --all && " + commit("after"));
        JsonNode job = read("gitlab/.gitlab-ci.yml").path("bulkhead-plan");
        job.path("variables")
                .properties()
                .forEach(variable ->
                        shell.with(variable.getKey(), variable.getValue().asText()));
        shell.with("CI_MERGE_REQUEST_DIFF_BASE_SHA", base);
        List<String> lines = new ArrayList<>(List.of("cd repository"));
        job.path("script").forEach(line -> lines.add(line.asText()));

        Program.Result result = script(shell, String.join("\n", lines));

        assertTrue(result.out().contains("| store/shop[Deployment] | 198.51.100.0"), result.out());
        assertTrue(Files.exists(
                repository.resolve(job.path("artifacts").path("paths").path(0).asText())));
    }

    private static void manifests(Path repository, String example) throws IOException {
        Path deploy = Files.createDirectories(repository.resolve("deploy"));
        Files.writeString(
                deploy.resolve("shop.yaml"),
                Files.readString(ROOT.resolve("examples").resolve(example)));
    }

    private static String commit(String message) {
        return "git -c user.name=test -c user.email=test@example.com -c commit.gpgsign=false commit --quiet --message "
                + message;
    }

    private static Program.Result script(Shell shell, String text) throws IOException, InterruptedException {
        Program.Result result = shell.run("sh", "-e", "-c", text);
        assertEquals(0, result.exitCode(), result.err());
        return result;
    }
}
