package dev.bulkhead.app.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.ExitCode;
import dev.bulkhead.app.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ends as people write them, Services among them. */
class EndsTest {

    private static final String TOWN = """
            apiVersion: bulkhead.dev/v1alpha1
            kind: Segment
            metadata: {name: town}
            spec: {namespaces: [booking, billing], enforce: {ingress: true, egress: true}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: frontend, namespace: booking}
            spec:
              selector: {matchLabels: {app: frontend}}
              template:
                metadata: {labels: {app: frontend}}
                spec: {serviceAccountName: frontend, containers: [{name: c}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: invoicer, namespace: billing}
            spec:
              selector: {matchLabels: {app: invoicer, tier: back}}
              template:
                metadata: {labels: {app: invoicer, tier: back}}
                spec: {serviceAccountName: invoicer, containers: [{name: c, ports: [{name: https, containerPort: 8443}]}]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: ledger, namespace: billing}
            spec:
              selector: {matchLabels: {app: ledger, tier: back}}
              template:
                metadata: {labels: {app: ledger, tier: back}}
                spec: {serviceAccountName: ledger, containers: [{name: c}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: invoices, namespace: billing}
            spec: {selector: {app: invoicer}, ports: [{name: web, port: 443, targetPort: https}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: back, namespace: billing}
            spec: {selector: {tier: back}, ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: elsewhere, namespace: billing}
            spec: {ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: nobody, namespace: billing}
            spec: {selector: {app: nobody}, ports: [{port: 80}]}
            """;

    private static final String DECLARED = """
            ---
            apiVersion: bulkhead.dev/v1alpha1
            kind: AccessIntent
            metadata: {name: frontend, namespace: booking}
            spec:
              workload: {serviceAccount: frontend}
              outbound:
              - to: {workload: {namespace: billing, serviceAccount: invoicer}}
                ports: [{port: 8443}]
            ---
            apiVersion: bulkhead.dev/v1alpha1
            kind: AccessIntent
            metadata: {name: invoicer, namespace: billing}
            spec:
              workload: {serviceAccount: invoicer}
              inbound:
              - from: {workload: {namespace: booking, serviceAccount: frontend}}
                ports: [{port: 8443}]
            """;

    @TempDir
    private Path folder;

    private Path town;

    @BeforeEach
    void write() throws IOException {
        town = Files.writeString(folder.resolve("town.yaml"), TOWN + DECLARED);
    }

    private Program.Result explain(String from, String to, String port) {
        return Program.run(List.of("explain", "-f", town.toString(), from, to, port));
    }

    @ParameterizedTest
    @CsvSource({"billing/Service/invoices, 443", "billing/svc/invoices, web", "billing/services/invoices, https"})
    void aServiceStandsForThePodsBehindItAndItsPortForTheirs(String service, String port) {
        Program.Result result = explain("booking/frontend", service, port);

        assertEquals(ExitCode.AS_EXPECTED, result.exitCode(), result.err());
        assertTrue(
                result.out()
                        .startsWith("booking/frontend[Deployment] -> billing/invoicer[Deployment], TCP 8443: allowed"),
                result.out());
        assertTrue(result.out().contains("Service invoices maps 443 to 8443"), result.out());
    }

    @Test
    void aServiceIsASourceTooAndAStartForWhoeverBreaksIn() {
        assertTrue(explain("billing/svc/invoices", "booking/frontend", "80")
                .out()
                .startsWith("billing/invoicer[Deployment] -> booking/frontend[Deployment], TCP 80: denied"));
        assertTrue(Program.run(List.of("who-can-reach", "-f", town.toString(), "billing/Service/invoices"))
                .out()
                .startsWith("billing/invoicer[Deployment] is reached by 1 workload directly"));
        assertTrue(Program.run(List.of("reachable-from", "-f", town.toString(), "billing/Service/invoices"))
                .out()
                .startsWith("billing/invoicer[Deployment] reaches 0 workloads directly"));
    }

    @Test
    void whoeverAsksForThePortOfTheServiceIsToldThatOfThePods() {
        String told = explain("booking/frontend", "billing/invoicer", "443").out();

        assertTrue(
                told.contains("Service invoices maps 443 to 8443, and policies see the port of the pods; on TCP 8443"
                        + " this is allowed"),
                told);
        assertFalse(told.contains("kind: AccessIntent"), told);
        assertFalse(told.contains("port: 443"), told);
    }

    @Test
    void whatIsProposedOpensThePortOfThePodsNeverThatOfTheService() throws IOException {
        Files.writeString(town, TOWN);
        String told = explain("booking/frontend", "billing/invoicer", "443").out();

        assertTrue(told.contains("on TCP 8443 this is closed, too"), told);
        assertTrue(told.contains("This would open the port of the pods:"), told);
        assertTrue(told.contains("- {port: 8443}"), told);
        assertFalse(told.contains("- {port: 443}"), told);
    }

    @Test
    void aPortThatContainersHaveIsTheirsWhateverAServiceMakesOfTheNumber() throws IOException {
        Files.writeString(town, TOWN.replace("containerPort: 8443}", "containerPort: 8443}, {containerPort: 443}"));
        String told = explain("booking/frontend", "billing/invoicer", "443").out();

        assertFalse(told.contains("maps"), told);
        assertTrue(told.contains("- {port: 443}"), told);
    }

    @ParameterizedTest
    @CsvSource({
        "billing/svc/back, 'Service billing/back selects pods of 2 workloads; write one of them:"
                + " billing/Deployment/invoicer, billing/StatefulSet/ledger'",
        "billing/svc/elsewhere, 'Service billing/elsewhere has no selector'",
        "billing/svc/nobody, 'Service billing/nobody selects no pod and no workload: none of billing has app=nobody'"
    })
    void aServiceThatIsNoOneEndIsRefusedWithTheWayOut(String service, String words) {
        Program.Result result = explain("booking/frontend", service, "80");

        assertEquals(ExitCode.FAILED, result.exitCode());
        assertTrue(result.err().contains(words), result.err());
    }

    @Test
    void aPortThatTheServiceDoesNotHaveIsRefusedWithThoseThatItHas() {
        assertEquals(
                "Service invoices has no port TCP 444; it has TCP 443 (web)\n",
                explain("booking/frontend", "billing/svc/invoices", "444").err());
    }

    @ParameterizedTest
    @CsvSource({
        "booking/frontent, booking/Deployment/frontend",
        "booking/Deployment/fronted, booking/Deployment/frontend",
        "booking/StatefulSet/frontend, booking/Deployment/frontend",
        "bookin/frontend, booking/frontend",
        "bilings/Deployment/invoicer, billing/Deployment/invoicer",
        "billing/invoice, billing/Deployment/invoicer",
        "billing/svc/invoice, billing/Service/invoices",
        "billing/nobodi, billing/Service/nobody"
    })
    void whatIsMeantIsGuessedWorkloadsBeforePods(String written, String meant) {
        Program.Result result = explain(written, "billing/ledger", "80");

        assertEquals(ExitCode.FAILED, result.exitCode());
        assertTrue(result.err().contains("did you mean " + meant + "?"), result.err());
    }

    @Test
    void whereNothingIsNearWhatThereIsIsListed() {
        assertTrue(explain("billing/xyz", "billing/ledger", "80")
                .err()
                .contains("in billing there are billing/Deployment/invoicer, billing/StatefulSet/ledger"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"frontend", "a/b/c/d", "nowhere/x"})
    void whatLooksLikeNoEndIsToldHowToWriteOne(String text) {
        assertTrue(explain(text, "billing/ledger", "80").err().contains("write ns/pod, ns/Kind/name, ns/Service/name"));
    }
}
