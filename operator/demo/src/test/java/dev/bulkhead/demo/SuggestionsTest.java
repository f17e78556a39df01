package dev.bulkhead.demo;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.ControlPlaneOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the demo suggests at its end is done, in the demo's own world. */
class SuggestionsTest {

    private static final String REQUIRE = "BULKHEAD_REQUIRE_REAL_CONTROL_PLANE";

    @TempDir
    private Path folder;

    private final Map<String, Result> results = new TreeMap<>();

    private record Result(int exitCode, String out, String err) {}

    @Test
    void everySuggestedCommandAnswers() {
        Terminal terminal = new Terminal();
        List<String> commands = new ArrayList<>(Suggestions.COMMANDS);
        commands.add("kubectl get all -A");
        commands.add("kubectl get pods -n shop -o wide");
        commands.removeIf(Predicate.not(SuggestionsTest::isPossible));
        try (ControlPlane controlPlane = ControlPlaneKind.EMBEDDED.start(ControlPlaneOptions.DEFAULT);
                CommandLineProgram program = CommandLineProgram.create()) {
            boolean told = new Demo(controlPlane, controlPlane.configuration(), terminal.narrator()).run(invitation -> {
                Suggestions suggestions = new Suggestions(controlPlane.kubeconfig(), program.folder(), invitation);
                commands.forEach(command -> results.put(command, run(suggestions, command)));
                suggestions.tell(terminal.narrator());
                assertTrue(
                        terminal.text()
                                .stripTrailing()
                                .endsWith(invitation.address() + "#/sign-in?token=" + invitation.token()),
                        terminal::text);
            });
            assertTrue(told, terminal::text);
        }
        assertAll(commands.stream().map(command -> () -> {
            Result result = results.get(command);
            assertEquals(0, result.exitCode(), () -> command + "\n" + result.out() + result.err());
            assertFalse(result.out().isBlank(), command);
        }));
        assertShows("bulkhead explain --cluster web/storefront shop/checkout 8080", "TCP 8080: allowed");
        assertShows("bulkhead who-can-reach --cluster pay/ledger", "pay/payments");
        if (isPossible("kubectl get bulkhead -A")) {
            assertShows("kubectl get bulkhead -A", "accessintent.bulkhead.dev/checkout", "WORKLOAD", "CONNECTED");
            assertShows("kubectl get bulkhead -A", "segment.bulkhead.dev/", "NAMESPACES", "INGRESS");
            assertShows("kubectl get events -A", "LAST SEEN", "accessintent/");
            assertShows("kubectl explain accessintent.spec.outbound", "KIND:", "AccessIntent", "ports");
            assertShows("kubectl get networkpolicies -A", "POD-SELECTOR", "bulkhead-baseline");
            assertShows("kubectl get all -A", "deployment.apps/checkout", "AVAILABLE");
            assertShows("kubectl get pods -n shop -o wide", "1/1", "Running", "node-");
        }
    }

    private void assertShows(String command, String... texts) {
        String shown = results.get(command).out();
        assertAll(Stream.of(texts)
                .map(text -> () -> assertTrue(shown.contains(text), () -> command + " shows " + text + ":\n" + shown)));
    }

    /** kubectl may be missing where nothing has to be complete. */
    private static boolean isPossible(String command) {
        return !command.startsWith("kubectl ")
                || Boolean.parseBoolean(System.getenv(REQUIRE))
                || Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, "kubectl")));
    }

    private Result run(Suggestions suggestions, String command) {
        List<String> script = new ArrayList<>(suggestions.environment());
        script.add(command);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        try {
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", String.join("\n", script))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            // What kubectl remembers of a server belongs to this one.
            builder.environment().put("HOME", folder.toString());
            int exitCode = builder.start().waitFor();
            return new Result(
                    exitCode,
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command, e);
        }
    }
}
