package dev.bulkhead.app.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bulkhead.app.ExitCode;
import dev.bulkhead.app.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {

    private static final int NAMESPACES = 12;
    private static final int WORKLOADS = 5;

    @TempDir
    private Path folder;

    private Path before;

    @BeforeEach
    void write() throws IOException {
        before = Files.writeString(folder.resolve("before.yaml"), "");
    }

    private Program.Result plan(String... more) {
        return Program.run(Stream.concat(Stream.of("plan"), Stream.of(more)).toList());
    }

    /** Twelve teams, each with a chain of five workloads, and a segment that closes all of them. */
    private Path town() throws IOException {
        StringBuilder yaml = new StringBuilder("""
                apiVersion: bulkhead.dev/v1alpha1
                kind: Segment
                metadata: {name: town}
                spec: {namespaces: ["team-*"], trustBoundary: Segment, enforce: {ingress: true, egress: true}}
                """);
        for (int namespace = 0; namespace < NAMESPACES; namespace++) {
            for (int workload = 0; workload < WORKLOADS; workload++) {
                yaml.append(deployment("team-" + namespace, "app-" + workload));
                if (workload > 0) {
                    yaml.append(intent("team-" + namespace, "app-" + workload, "app-" + (workload - 1), 8080));
                }
            }
        }
        return Files.writeString(folder.resolve("town.yaml"), yaml);
    }

    private static String deployment(String namespace, String name) {
        return """
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %2$s, namespace: %1$s}
                spec:
                  selector: {matchLabels: {app: %2$s}}
                  template:
                    metadata: {labels: {app: %2$s}}
                    spec: {serviceAccountName: %2$s, containers: [{name: c}]}
                """.formatted(namespace, name);
    }

    private static String intent(String namespace, String from, String to, int port) {
        return """
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: %2$s-to-%3$s, namespace: %1$s}
                spec:
                  workload: {serviceAccount: %2$s}
                  outbound:
                  - to: {workload: {serviceAccount: %3$s}}
                    ports: [{port: %4$d}]
                """.formatted(namespace, from, to, port);
    }

    @Test
    void theFirstPlanOfSixtyWorkloadsIsReadableAndSaysWhatEachKeeps() throws IOException {
        Program.Result plan = plan("-f", town().toString());

        assertEquals(ExitCode.DIFFERENT, plan.exitCode(), plan.err());
        assertTrue(plan.out().lines().count() < NAMESPACES * WORKLOADS + 15, plan.out());
        assertTrue(
                plan.out()
                        .contains(
                                "keeps 1 connection (from team-3/app-1[Deployment]: TCP 8080), loses everything else ("),
                plan.out());
        assertTrue(plan.out().contains("48 rules: 48 Open"), plan.out());
        assertFalse(plan.out().contains("bulkhead-baseline"), plan.out());
    }

    @Test
    void detailsListEveryPolicyConnectionAndRule() throws IOException {
        Program.Result plan = plan("-f", town().toString(), "--details");

        assertTrue(plan.out().lines().count() > 3000, plan.out());
        assertTrue(plan.out().contains("create   team-0/bulkhead-baseline"), plan.out());
        assertTrue(plan.out().contains("everything except TCP 8080"), plan.out());
    }

    @Test
    void aCommentShowsWhatOpensAndFoldsTheRest() throws IOException {
        Path more = Files.writeString(
                folder.resolve("after.yaml"), Files.readString(town()) + intent("team-0", "app-0", "app-4", 9090));
        String markdown = plan("-f", more.toString(), "--base", town().toString(), "-o", "md")
                .out();

        int gained = markdown.indexOf("#### ⚠️ Connections gained");
        assertTrue(gained > 0 && gained < markdown.indexOf("#### Workloads"), markdown);
        assertTrue(markdown.indexOf("TCP 9090") < markdown.indexOf("<details>"), markdown);
        assertTrue(markdown.contains("<summary>All rules (49)</summary>"), markdown);
        assertFalse(markdown.contains("Connections lost"), markdown);
    }

    @Test
    void aCommentIsNeverLongerThanHostsTake() throws IOException {
        assertTrue(plan("-f", town().toString(), "-o", "md").out().length() < 60_000);
    }

    @Test
    void theSummaryForProgramsIsOfTheSameNumbers() throws IOException {
        JsonNode plan = new ObjectMapper()
                .readTree(plan("-f", town().toString(), "-o", "json").out());
        JsonNode summary = plan.get("summary");

        assertEquals(1, plan.get("version").asInt());
        assertEquals(
                plan.get("connections").get("lost").size(),
                summary.get("connections").get("lost").asInt());
        assertEquals(48, summary.get("connections").get("kept").asInt());
        assertEquals(48, summary.get("rules").get("Open").asInt());
        assertEquals(NAMESPACES * WORKLOADS, summary.get("workloads").size());
        assertTrue(summary.get("workloads").get(0).get("cut").asBoolean());
    }

    @Test
    void whatIsLostIsNamedWhereItIsLittle() throws IOException {
        Path open = Files.writeString(before, Files.readString(town()) + intent("team-0", "app-0", "app-4", 9090));
        String plan = plan("-f", town().toString(), "--base", open.toString()).out();

        assertTrue(plan.contains("loses 1 connection (to team-0/app-4[Deployment]: TCP 9090)"), plan);
    }

    @Test
    void nothingThatChangesIsToldInALine() throws IOException {
        Program.Result plan = plan(
                "-f", town().toString(), "--base", folder.resolve("town.yaml").toString());

        assertEquals(ExitCode.AS_EXPECTED, plan.exitCode());
        assertTrue(
                plan.out()
                        .startsWith(
                                "0 policies to create, 0 to change, 0 to delete; 0 connections gained, 0 lost, 48 kept"),
                plan.out());
        assertFalse(plan.out().contains("Workloads"), plan.out());
    }

    @Test
    void rulesThatWaitAreListed() throws IOException {
        Path files = Files.writeString(
                folder.resolve("waiting.yaml"),
                Files.readString(town())
                        + intent("team-0", "app-0", "app-4", 9090)
                                .replace("serviceAccount: app-4", "namespace: elsewhere, serviceAccount: there"));
        String plan = plan("-f", files.toString()).out();

        assertTrue(plan.contains("49 rules: 1 AwaitingPeer, 48 Open"), plan);
        assertTrue(plan.contains("Rules that are not open"), plan);
        assertTrue(List.of(plan.split("Rules that are not open", -1)).get(1).contains("AwaitingPeer"), plan);
    }
}
