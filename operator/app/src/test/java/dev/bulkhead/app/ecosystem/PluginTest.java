package dev.bulkhead.app.ecosystem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bulkhead.app.Program;
import dev.bulkhead.app.Shell;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The program as {@code kubectl bulkhead}, put where the manifest for Krew says and found by a link as Krew makes it. */
class PluginTest {

    private static final Path ROOT = Path.of(System.getProperty("bulkhead.root"));
    private static final Path LAUNCHER = ROOT.resolve("operator/app/src/main/launcher/bulkhead");
    private static final String SHOP = ROOT.resolve("examples/shop").toString();

    @TempDir
    private Path folder;

    private Shell shell;
    private JsonNode manifest;

    static boolean kubectl() {
        return Shell.has("kubectl");
    }

    /** The launcher is the real one; its java runs the classes as they are, if it is called with the jar of the plugin. */
    @BeforeEach
    void install() throws IOException {
        manifest = new YAMLMapper()
                .readTree(ROOT.resolve("examples/kubectl/krew.yaml").toFile());
        Path store = Files.createDirectories(folder.resolve("the store"));
        unpack(archive(), store);
        shell = new Shell(folder)
                .with("JAVA_HOME", folder.toString())
                .with("EXPECTED_JAR", store.toRealPath().resolve("bulkhead.jar").toString());
        shell.program("java", """
                #!/bin/sh
                while [ "$1" != -jar ]; do shift; done
                [ -f "$2" ] && [ "$2" = "$EXPECTED_JAR" ] || { echo "not the jar of the plugin: $2" >&2; exit 9; }
                exec "$(dirname "$0")/ourselves" "$@"
                """);
        shell.program("ourselves", Shell.ourselves(2));
        Files.createSymbolicLink(
                folder.resolve("link"), store.resolve(platform().path("bin").asText()));
        Files.createSymbolicLink(folder.resolve("bin/kubectl-bulkhead"), Path.of("../link"));
    }

    /** As {@code mvn package} leaves it. */
    private Path archive() throws IOException {
        Path archive = Files.createDirectories(folder.resolve("archive"));
        Files.copy(LAUNCHER, archive.resolve("bulkhead"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createFile(archive.resolve("bulkhead.jar"));
        Files.createFile(Files.createDirectory(archive.resolve("lib")).resolve("library.jar"));
        Files.copy(ROOT.resolve("LICENSE"), archive.resolve("LICENSE"));
        return archive;
    }

    private JsonNode platform() {
        return manifest.path("spec").path("platforms").path(0);
    }

    private void unpack(Path archive, Path store) throws IOException {
        for (JsonNode rule : platform().path("files")) {
            PathMatcher from = FileSystems.getDefault()
                    .getPathMatcher("glob:" + rule.path("from").asText());
            Path to = Files.createDirectories(
                    store.resolve(rule.path("to").asText()).normalize());
            try (Stream<Path> files = Files.walk(archive)) {
                for (Path file : files.filter(found -> from.matches(archive.relativize(found)))
                        .toList()) {
                    Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        assertTrue(Files.exists(store.resolve("lib/library.jar")));
    }

    @Test
    void aLinkToALinkRunsTheProgramBesideTheLauncher() throws Exception {
        Program.Result result = shell.run("kubectl-bulkhead", "render", "-f", SHOP);

        assertEquals(0, result.exitCode(), result.err());
        assertEquals(Program.run(List.of("render", "-f", SHOP)).out(), result.out());
    }

    @Test
    @EnabledIf(value = "kubectl", disabledReason = "kubectl is not on the PATH")
    void kubectlFindsItAndHandsArgumentsAndExitCodeThrough() throws Exception {
        Program.Result help = shell.run("kubectl", "bulkhead", "--help");
        assertEquals(0, help.exitCode(), help.err());
        assertTrue(help.out().contains("who-can-reach"), help.out());

        Program.Result plan = shell.run("kubectl", "bulkhead", "plan", "-f", SHOP);
        assertEquals(2, plan.exitCode(), plan.err());
    }

    @Test
    @EnabledIf(value = "kubectl", disabledReason = "kubectl is not on the PATH")
    void kubectlCompletesItsWords() throws Exception {
        Files.copy(
                ROOT.resolve("examples/kubectl/kubectl_complete-bulkhead"),
                folder.resolve("bin/kubectl_complete-bulkhead"),
                StandardCopyOption.COPY_ATTRIBUTES);

        assertEquals(
                List.of("plan", ":0"),
                shell.run("kubectl", "__complete", "bulkhead", "pl")
                        .out()
                        .lines()
                        .toList());
        assertTrue(shell.run("kubectl", "__complete", "bulkhead", "explain", "--")
                .out()
                .contains("--kubeconfig\n"));
    }

    static boolean fish() {
        return Shell.has("fish");
    }

    @Test
    @EnabledIf(value = "fish", disabledReason = "fish is not on the PATH")
    void fishCompletesItsWords() throws Exception {
        Files.createSymbolicLink(folder.resolve("bin/bulkhead"), Path.of("../link"));
        String script = ROOT.resolve("examples/completion/bulkhead.fish").toString();

        Program.Result result =
                shell.run("fish", "--no-config", "-c", "source " + script + "; complete -C 'bulkhead pl'");

        assertEquals("plan", result.out().strip(), result.err());
    }

    @Test
    void theManifestSaysWhatKrewAsksOfOne() {
        assertEquals("Plugin", manifest.path("kind").asText());
        assertEquals("bulkhead", manifest.path("metadata").path("name").asText());
        JsonNode spec = manifest.path("spec");
        assertTrue(spec.path("version").asText().equals("v@version@"), spec::toString);
        for (String field : List.of("homepage", "shortDescription", "description", "caveats")) {
            assertFalse(spec.path(field).asText().isBlank(), field);
        }
        assertTrue(spec.path("shortDescription").asText().length() <= 50);
        assertEquals("@sha256@", platform().path("sha256").asText());
    }
}
