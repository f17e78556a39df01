package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.Program;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that ask a running operator give what they give when they read the cluster themselves. */
@OnControlPlane(ControlPlaneKind.REAL)
class ServerOptionTest {

    @TempDir
    static Path folder;

    private static ConsoleShop shop;
    private static String kubeconfig;

    @BeforeAll
    static void open(ControlPlane controlPlane) throws IOException {
        shop = ConsoleShop.open(controlPlane);
        kubeconfig = controlPlane.kubeconfig().toString();
        Files.writeString(folder.resolve("token"), shop.token("platform") + "\n");
        Files.writeString(folder.resolve("team"), shop.token("shop-team"));
    }

    @AfterAll
    static void close() throws IOException {
        shop.close();
    }

    @Test
    void theAnswersAreTheSame() {
        for (List<String> question : List.of(
                List.of("explain", "shop/Deployment/checkout", "pay/Deployment/payments", "8443"),
                List.of("explain", "-o", "json", "web/Deployment/storefront", "pay/StatefulSet/ledger", "sql"),
                List.of("who-can-reach", "pay/StatefulSet/ledger", "--hops", "all"),
                List.of("reachable-from", "web/Deployment/storefront", "-o", "json"))) {
            Program.Result asked = run(question, "--server", shop.address(), "--token-file", file("token"));
            Program.Result read = run(question, "--cluster", "--kubeconfig", kubeconfig);
            assertEquals("", asked.err());
            assertEquals(read.out(), asked.out(), question.toString());
            assertEquals(read.exitCode(), asked.exitCode());
        }
        assertTrue(run(List.of("connectivity"), "--server", shop.address(), "--token-file", file("token"))
                .out()
                .contains("web/storefront[Deployment] => shop/checkout[Deployment] : TCP 8080"));
    }

    @Test
    void aPlanIsMadeAndAppliesNothing() throws IOException {
        Path intent = folder.resolve("intent.yaml");
        Files.writeString(intent, """
                apiVersion: bulkhead.dev/v1alpha1
                kind: AccessIntent
                metadata: {name: more, namespace: shop}
                spec:
                  workload: {serviceAccount: catalogue}
                  outbound:
                  - to: {network: {cidr: 203.0.113.9/32}}
                    ports: [{port: 443}]
                """);
        Program.Result plan = run(
                List.of("plan", "-f", intent.toString()), "--server", shop.address(), "--token-file", file("token"));
        assertEquals(2, plan.exitCode(), plan.err());
        assertTrue(plan.out().contains("203.0.113.9/32"), plan.out());
        Files.writeString(intent, "kind: AccessIntent\nmetadata: {name: [}\n");
        Program.Result broken = run(
                List.of("plan", "-f", intent.toString()), "--server", shop.address(), "--token-file", file("token"));
        assertEquals(1, broken.exitCode());
        assertTrue(broken.err().startsWith(intent + ":2: "), broken.err());
    }

    @Test
    void moreThanTheMostThatMayBeFoundIsToldByTheExitCode() {
        Program.Result found = run(
                List.of("who-can-reach", "pay/StatefulSet/ledger", "--hops", "all", "--max", "1"),
                "--server",
                shop.address(),
                "--token-file",
                file("token"));
        assertEquals(2, found.exitCode(), found.err());
    }

    @Test
    void whoeverMayNotSeeIsToldSo() {
        Program.Result answer = run(
                List.of("explain", "web/Deployment/storefront", "pay/StatefulSet/ledger", "sql"),
                "--server",
                shop.address(),
                "--token-file",
                file("team"));
        assertEquals(1, answer.exitCode());
        assertTrue(answer.err().contains("there is no such pod, workload or Service"), answer.err());
    }

    @Test
    void aTokenIsNeverShownInTheClearToAnotherMachine() {
        Program.Result answer =
                run(List.of("connectivity"), "--server", "http://192.0.2.1:8082", "--token-file", file("token"));
        assertEquals(1, answer.exitCode());
        assertTrue(answer.err().contains("write https"), answer.err());
    }

    @Test
    void anAddressWhereNobodyAnswersIsNamed() {
        Program.Result answer =
                run(List.of("connectivity"), "--server", "http://127.0.0.1:1", "--token-file", file("token"));
        assertEquals(1, answer.exitCode());
        assertTrue(answer.err().startsWith("the server http://127.0.0.1:1/ refuses the connection"), answer.err());
    }

    private static String file(String name) {
        return folder.resolve(name).toString();
    }

    private static Program.Result run(List<String> command, String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        return Program.run(all);
    }
}
