package dev.bulkhead.app.ecosystem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.Program;
import dev.bulkhead.app.Shell;
import dev.bulkhead.app.terminal.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/ci}, run with a {@code gh} and a {@code curl} that only note what they are asked for. */
class PlanCommentTest {

    private static final Path ROOT = Path.of(System.getProperty("bulkhead.root"));
    private static final Path CI = ROOT.resolve("examples/ci");
    private static final String MINE = "<!-- bulkhead plan -->";
    /** What a branch, and so a folder, may be called. */
    private static final String HOSTILE = "$(touch pwned)`touch pwned`;touch pwned;'\"&";

    @TempDir
    private Path folder;

    private Shell shell;
    private Path calls;
    private Path comment;

    static boolean jq() {
        return Shell.has("jq");
    }

    @BeforeEach
    void prepare() throws IOException {
        shell = new Shell(folder);
        shell.program("bulkhead", Shell.ourselves(0));
        shell.program("gh", """
                #!/bin/sh
                printf '%s\\n' "$*" >>"$CALLS"
                [ "$2" != --paginate ] || jq --raw-output "$5" "$COMMENTS"
                """);
        shell.program("curl", """
                #!/bin/sh
                printf '%s\\n' "$*" >>"$CALLS"
                cat "$2" >>"$SETTINGS"
                case "$*" in *--request*) ;; *) cat "$COMMENTS" ;; esac
                """);
        calls = Files.createFile(folder.resolve("calls"));
        comment = folder.resolve("comment.md");
        shell.with("CALLS", calls.toString())
                .with("SETTINGS", folder.resolve("settings").toString())
                .with("BULKHEAD_COMMENT", comment.toString())
                .with("GITHUB_OUTPUT", folder.resolve("output").toString())
                .with("GITHUB_REPOSITORY", "acme/shop")
                .with("PULL_REQUEST", "7")
                .with("CI_API_V4_URL", "https://gitlab.example.com/api/v4")
                .with("CI_PROJECT_ID", "42")
                .with("CI_MERGE_REQUEST_IID", "7")
                .with("BULKHEAD_TOKEN", "secret-token");
        comments("[]");
    }

    private void comments(String json) throws IOException {
        shell.with(
                "COMMENTS",
                Files.writeString(folder.resolve("comments.json"), json).toString());
    }

    /** What the pull request has, and what was there before: files under {@code examples}. */
    private void change(String head, String base) throws IOException {
        Path mine = Files.createDirectories(folder.resolve(HOSTILE)).resolve("head.yaml");
        Files.copy(ROOT.resolve("examples").resolve(head), mine, StandardCopyOption.REPLACE_EXISTING);
        shell.with("BULKHEAD_HEAD", mine.toString());
        shell.with("BULKHEAD_BASE", ROOT.resolve("examples").resolve(base).toString());
    }

    private Program.Result run(String script) throws IOException, InterruptedException {
        return shell.run(CI.resolve(script).toString());
    }

    private String written() throws IOException {
        return Files.readString(comment);
    }

    @Test
    @EnabledIf(value = "jq", disabledReason = "jq is not on the PATH")
    void theFirstPlanIsAComment() throws Exception {
        change("change/after.yaml", "change/before.yaml");

        Program.Result result = run("github/run.sh");

        assertEquals(0, result.exitCode(), result.err());
        assertTrue(
                Files.readString(calls).contains("--method POST repos/acme/shop/issues/7/comments"),
                Files.readString(calls));
        assertTrue(written().startsWith(MINE), written());
        assertTrue(written().contains("| store/shop[Deployment] | 198.51.100.0"), written());
        assertEquals("exit-code=2\n", Files.readString(folder.resolve("output")));
    }

    @Test
    @EnabledIf(value = "jq", disabledReason = "jq is not on the PATH")
    void theNextPlanTakesItsPlaceAndNobodyElses() throws Exception {
        change("change/after.yaml", "change/before.yaml");
        comments("""
                [{"id": 1, "user": {"type": "User"}, "body": "<!-- bulkhead plan --> looks good"},
                 {"id": 2, "user": {"type": "Bot"}, "body": "another bot"},
                 {"id": 3, "user": {"type": "Bot"}, "body": "<!-- bulkhead plan -->\\n## old"}]
                """);

        assertEquals(0, run("github/run.sh").exitCode());

        String asked = Files.readString(calls);
        assertTrue(asked.contains("--method PATCH repos/acme/shop/issues/comments/3"), asked);
        assertFalse(asked.contains("POST"), asked);
    }

    @Test
    @EnabledIf(value = "jq", disabledReason = "jq is not on the PATH")
    void aMergeRequestHasOneNoteAndTheTokenIsNoArgument() throws Exception {
        change("change/after.yaml", "change/before.yaml");
        assertEquals(0, run("gitlab/run.sh").exitCode());
        String first = Files.readString(calls);
        assertTrue(first.contains("--request POST"), first);

        comments("[{\"id\": 9, \"body\": \"<!-- bulkhead plan -->\"}]");
        assertEquals(0, run("gitlab/run.sh").exitCode());
        String asked = Files.readString(calls);
        assertTrue(asked.contains("--request PUT"), asked);
        assertTrue(asked.contains("/projects/42/merge_requests/7/notes/9"), asked);
        assertFalse(asked.contains("secret-token"), asked);
        assertTrue(Files.readString(folder.resolve("settings")).contains("PRIVATE-TOKEN: secret-token"));
    }

    @Test
    void theExitCodeIsThatOfThePlan() throws Exception {
        change("change/after.yaml", "change/after.yaml");
        assertEquals(0, run("plan.sh").exitCode());
        assertTrue(written().contains("No policy and no connection changes."), written());

        change("change/after.yaml", "change/before.yaml");
        assertEquals(2, run("plan.sh").exitCode());

        change("concepts/guardrail.yaml", "concepts/guardrail.yaml");
        assertEquals(3, run("plan.sh").exitCode());
        assertTrue(written().contains("**A guardrail forbids what this asks for.**"), written());

        change("ci/plan.sh", "change/before.yaml");
        assertEquals(1, run("plan.sh").exitCode());
        assertTrue(written().contains("**The plan could not be made:**"), written());
    }

    @Test
    @EnabledIf(value = "jq", disabledReason = "jq is not on the PATH")
    void whatAGuardrailForbidsFailsTheJobUnlessItMayNot() throws Exception {
        change("concepts/guardrail.yaml", "concepts/guardrail.yaml");
        assertEquals(3, run("github/run.sh").exitCode());
        assertEquals(3, run("gitlab/run.sh").exitCode());

        shell.with("FAIL_ON_FORBIDDEN", "false");
        assertEquals(0, run("github/run.sh").exitCode());
    }

    @Test
    void withNothingBeforeThePlanShowsWhatEnforcingDoes() throws Exception {
        change("change/after.yaml", "not-there");

        assertEquals(2, run("plan.sh").exitCode());
        assertTrue(written().contains("bulkhead-baseline"), written());
    }

    @Test
    @EnabledIf(value = "jq", disabledReason = "jq is not on the PATH")
    void namesAreNeverReadAsShell() throws Exception {
        change("change/after.yaml", "change/before.yaml");
        run("github/run.sh");
        run("gitlab/run.sh");
        shell.with("PULL_REQUEST", "7/../../../repos/other; touch pwned");
        Files.writeString(calls, "");
        Program.Result refused = run("github/comment.sh");

        assertEquals(1, refused.exitCode());
        assertEquals("", Files.readString(calls));
        try (Stream<Path> files = Files.walk(folder)) {
            assertTrue(files.noneMatch(file -> file.endsWith("pwned")));
        }
    }

    @Test
    void markupInAManifestIsTextInTheComment() throws Exception {
        change("concepts/guardrail.yaml", "concepts/guardrail.yaml");
        Path head = folder.resolve(HOSTILE).resolve("head.yaml");
        Files.writeString(
                head,
                Files.readString(head)
                        .replace(
                                "Nothing leaves but through the proxy",
                                "<img src=x> | a | `b` ![](https://x.example)"));

        assertEquals(3, run("plan.sh").exitCode());

        assertTrue(written().contains("<img src=x> \\| a \\| `b` ![](https://x.example)"), written());
        Shown.assertInactive(
                written().replace(MINE, "").replace("**A guardrail forbids what this asks for.**", ""), written());
    }
}
