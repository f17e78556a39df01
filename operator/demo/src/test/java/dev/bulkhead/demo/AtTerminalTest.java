package dev.bulkhead.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The demo where somebody looks on. That it ends by itself elsewhere, EmbeddedDemoTest shows. */
class AtTerminalTest {

    private static final Pattern CONSOLE = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+/)#/sign-in");
    private static final Pattern KUBECONFIG = Pattern.compile("export KUBECONFIG=([^\\s\u001b]+)");

    @TempDir
    private Path folder;

    static boolean script() {
        return PseudoTerminal.isPossible();
    }

    @Test
    @EnabledIf(value = "script", disabledReason = "script of util-linux or env of GNU is not on the PATH")
    void theDemoStaysUpAtATerminalUntilItIsInterruptedAndThenClosesEverything() throws Exception {
        try (PseudoTerminal terminal = PseudoTerminal.run(
                folder,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dbulkhead.demo.log=" + folder.resolve("demo.log"),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "dev.bulkhead.demo.DemoMain"))) {
            assertTrue(terminal.shows("Look around; Ctrl-C ends it"), terminal::text);
            assertTrue(terminal.shows("by a link that signs in"), terminal::text);
            assertEquals(200, status(first(CONSOLE, terminal.text())));
            Path kubeconfig = Path.of(first(KUBECONFIG, terminal.text()));
            assertTrue(kubeconfig.toFile().exists());

            terminal.interrupt();

            terminal.awaitEnd();
            assertFalse(terminal.text().contains("Exception"), terminal::text);
            assertFalse(terminal.text().contains("\tat "), terminal::text);
            assertFalse(kubeconfig.toFile().exists(), "the control plane is closed");
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertTrue(matcher.find(), text);
        return matcher.group(1);
    }

    private static int status(String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
