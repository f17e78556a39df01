package dev.bulkhead.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every command makes of input that is wrong. */
class BadInputTest {

    private static final String TESTS = Path.of(System.getProperty("bulkhead.root"), "examples/connectivity-tests.yaml")
            .toString();

    @TempDir
    private Path folder;

    private Path wrong;

    /** Each with {in} where the input goes. */
    static Stream<List<String>> commands() {
        return Stream.of(
                List.of("render", "-f", "{in}"),
                List.of("connectivity", "-f", "{in}"),
                List.of("explain", "-f", "{in}", "n/web", "n/db", "80"),
                List.of("who-can-reach", "-f", "{in}", "n/web"),
                List.of("reachable-from", "-f", "{in}", "n/web"),
                List.of("test", "-f", "{in}", TESTS),
                List.of("diff", "--base", "{in}", "--head", "{in}"),
                List.of("plan", "-f", "{in}"));
    }

    @BeforeEach
    void write() throws IOException {
        wrong = Files.writeString(folder.resolve("wrong.yaml"), """
                apiVersion: v1
                kind: Pod
                metadata: {name: web, namespace: n, labels: {app: web}}
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: p, namespace: n}
                spec:
                  podSelector: {}
                  ingress:
                  - ports: [{port: 70000}]
                  - from: [{ipBlock: {cidr: nowhere}}]
                ---
                a: [1
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: db, namespace: n, name: again}
                """);
    }

    private static Program.Result run(List<String> command, String input, String... more) {
        List<String> arguments = new ArrayList<>();
        command.forEach(argument -> arguments.add(argument.equals("{in}") ? input : argument));
        arguments.addAll(List.of(more));
        return Program.run(arguments);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everythingThatIsWrongIsToldAtOnceWithItsPlace(List<String> command) {
        Program.Result result = run(command, wrong.toString());

        assertEquals(1, result.exitCode());
        assertEquals("", result.out());
        for (int line : new int[] {11, 12, 18}) {
            assertTrue(result.err().contains(wrong + ":" + line + ": "), line + ": " + result.err());
        }
        assertTrue(result.err().contains("this is not YAML"), result.err());
        assertFalse(result.err().contains("\tat "), result.err());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aFileThatIsNotThereIsNamed(List<String> command) {
        Program.Result result = run(command, folder.resolve("none.yaml").toString());

        assertEquals(1, result.exitCode());
        assertTrue(result.err().contains("none.yaml: there is no such file or folder"), result.err());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void anOptionThatIsNotKnownIsRefusedInAFewLines(List<String> command) {
        Program.Result result = run(command, wrong.toString(), "--otput", "json");

        assertEquals(1, result.exitCode());
        assertTrue(result.err().contains("--otput"), result.err());
        assertTrue(result.err().lines().count() < 6, result.err());
    }

    @Test
    void lenientGoesOnWithWhatIsValidAndSaysWhatWasLeftOut() {
        Program.Result result = run(List.of("connectivity", "-f", "{in}", "--lenient"), wrong.toString());

        assertEquals(0, result.exitCode());
        assertTrue(result.out().contains("n/web[Pod] => 0.0.0.0/0 : all ports"), result.out());
        assertTrue(result.err().contains("NetworkPolicy n/p is left out: "), result.err());
    }

    @Test
    void anEndThatIsNotThereComesWithWhatMayHaveBeenMeant() throws IOException {
        Path file = Files.writeString(
                folder.resolve("pods.yaml"),
                "{apiVersion: v1, kind: Pod, metadata: {name: storefront, namespace: web}}");
        Program.Result result =
                run(List.of("explain", "-f", "{in}", "web/storefornt", "web/storefront", "80"), file.toString());

        assertEquals(1, result.exitCode());
        assertTrue(result.err().contains("did you mean web/storefront?"), result.err());
    }

    @Test
    void aPortThatIsNoneIsRefused() throws IOException {
        Path file = Files.writeString(
                folder.resolve("pods.yaml"), "{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: n}}");
        for (String port : List.of("0", "65536", "80/ICMP", "nameless")) {
            Program.Result result = run(List.of("explain", "-f", "{in}", "8.8.8.8", "n/a", port), file.toString());

            assertEquals(1, result.exitCode(), port);
            assertFalse(result.err().contains("\tat "), result.err());
        }
    }

    @Test
    void aFileOfTestsIsReadToTheLastField() throws IOException {
        Path tests = Files.writeString(folder.resolve("tests.yaml"), """
                apiVersion: bulkhead.dev/v1alpha1
                kind: ConnectivityTest
                tests:
                - {from: n/a, to: n/b, port: 80, expect: Maybe}
                - {from: n/a, too: n/b, port: 80, expect: Denied}
                - {from: n/a, to: n/b, port: 99999, expect: Denied}
                """);
        Program.Result result = Program.run(List.of("test", "-f", folder.toString(), tests.toString()));

        assertEquals(1, result.exitCode());
        for (int line : new int[] {4, 5, 6}) {
            assertTrue(result.err().contains(tests + ":" + line + ": "), result.err());
        }
        assertTrue(result.err().contains("did you mean 'to'?"), result.err());
    }
}
