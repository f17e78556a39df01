package dev.bulkhead.app.status;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusCommandTest {

    private static final String TOWN = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: Segment
            metadata: {name: booking}
            spec: {namespaces: [booking], enforce: {ingress: true, egress: true}}
            ---
            apiVersion: bulkhead.dev/v1alpha1
            kind: Segment
            metadata: {name: billing}
            spec: {namespaces: [billing], enforce: {ingress: true, egress: true}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: api, namespace: booking}
            spec:
              selector: {matchLabels: {app: api}}
              template:
                metadata: {labels: {app: api}}
                spec: {serviceAccountName: api, containers: [{name: c}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: invoicer, namespace: billing}
            spec:
              selector: {matchLabels: {app: invoicer}}
              template:
                metadata: {labels: {app: invoicer}}
                spec: {serviceAccountName: invoicer, containers: [{name: c}]}
            ---
            """;

    private static final String OUTBOUND = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: AccessIntent
            metadata: {name: one, namespace: booking}
            spec:
              workload: {serviceAccount: api}
              outbound:
              - to: {workload: {namespace: billing, serviceAccount: invoicer}}
                ports: [{port: 8443}]
            """;

    private static final String INBOUND = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: AccessIntent
            metadata: {name: one, namespace: booking}
            spec:
              workload: {podSelector: {matchLabels: {app: api}}}
              inbound:
              - from: {workload: {namespace: billing, owner: {kind: Deployment, name: invoicer}}}
                ports: [{port: 8080}, {port: 53, protocol: UDP}]
            """;

    @TempDir
    private Path folder;

    private Program.Result status(String yaml, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("town.yaml"), TOWN + yaml);
        return Program.run(Stream.concat(Stream.of("status", "-f", file.toString()), Stream.of(more))
                .toList());
    }

    /** Neither more than was asked for, nor less than it takes. */
    @ParameterizedTest
    @ValueSource(strings = {OUTBOUND, INBOUND})
    void whatTheOtherTeamWouldDeclareOpensTheRule(String intent) throws IOException {
        Program.Result waits = status(intent);
        assertEquals(ExitCode.DIFFERENT, waits.exitCode(), waits.err());
        assertTrue(waits.out().contains("Waits for the other team"), waits.out());
        String theirs = waits.out().substring(waits.out().indexOf("---\n"));

        Program.Result open = status(intent + theirs);

        assertEquals(ExitCode.AS_EXPECTED, open.exitCode(), open.out());
        assertTrue(open.out().startsWith("2 rules: 2 Open\n"), open.out());
    }

    @Test
    void aRuleThatNamesNoWorkloadIsNotGuessedAt() throws IOException {
        String told = status(INBOUND.replace(
                        "{workload: {namespace: billing, owner: {kind: Deployment, name: invoicer}}}",
                        "{namespace: {name: billing}}"))
                .out();

        assertFalse(told.contains("would declare"), told);
    }

    @Test
    void oneNamespaceIsToldAlone() throws IOException {
        assertTrue(status(OUTBOUND, "-n", "booking").out().startsWith("1 rule: 1 AwaitingPeer\n"));
        Program.Result other = status(OUTBOUND, "-n", "billing");
        assertEquals("no rules are declared\n", other.out());
        assertEquals(ExitCode.AS_EXPECTED, other.exitCode());
    }

    @Test
    void aNamespaceThatIsNotThereComesWithTheOneThatMayBeMeant() throws IOException {
        Program.Result result = status(OUTBOUND, "-n", "bokking");

        assertEquals(ExitCode.FAILED, result.exitCode());
        assertEquals("there is no namespace bokking; did you mean booking?\n", result.err());
    }

    @Test
    void whatIsForbiddenGivesItsOwnExitCode() throws IOException {
        Program.Result result = status(OUTBOUND + """
                ---
                apiVersion: bulkhead.dev/v1alpha1
                kind: Guardrail
                metadata: {name: apart}
                spec:
                  description: Booking and billing stay apart.
                  deny: [{from: {namespaces: [booking]}, to: {namespaces: [billing]}}]
                """);

        assertEquals(ExitCode.FORBIDDEN, result.exitCode());
        assertTrue(result.out().contains("Forbidden by the platform team"), result.out());
    }

    @Test
    void programsGetTheSame() throws IOException {
        JsonNode status =
                new ObjectMapper().readTree(status(OUTBOUND, "-o", "json").out());

        assertEquals(1, status.get("version").asInt());
        assertEquals(1, status.get("summary").get("AwaitingPeer").asInt());
        assertTrue(status.get("rules").get(0).get("theirs").asText().contains("namespace: billing"));
    }
}
