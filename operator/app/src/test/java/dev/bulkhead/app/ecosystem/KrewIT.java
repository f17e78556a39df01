package dev.bulkhead.app.ecosystem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.common.hash.Hashing;
import dev.bulkhead.app.Program;
import dev.bulkhead.app.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The archive that the build made for Krew, and the manifest beside it; put in place and run as Krew does it. */
@Tag("packaged")
class KrewIT {

    private static final Path BUILT = Path.of(System.getProperty("bulkhead.krew"));
    private static final Path ARCHIVE = BUILT.resolve("bulkhead.tar.gz");
    private static final String VERSION = System.getProperty("bulkhead.version");

    @TempDir
    private Path folder;

    private Shell shell;
    private JsonNode spec;

    static boolean kubectl() {
        return Shell.has("kubectl");
    }

    @BeforeEach
    void install() throws Exception {
        Path manifest = BUILT.resolve("bulkhead.yaml");
        assertFalse(Files.readString(manifest).contains("@"), Files.readString(manifest));
        spec = new YAMLMapper().readTree(manifest.toFile()).path("spec");
        shell = new Shell(folder).with("JAVA_HOME", System.getProperty("java.home"));
        Path store = Files.createDirectory(folder.resolve("store"));
        Program.Result unpacked = shell.run("tar", "-xzf", ARCHIVE.toString(), "-C", store.toString());
        assertEquals(0, unpacked.exitCode(), unpacked.err());
        Files.createSymbolicLink(
                folder.resolve("bin/kubectl-bulkhead"),
                store.resolve(platform().path("bin").asText()));
    }

    private JsonNode platform() {
        return spec.path("platforms").path(0);
    }

    @Test
    void theManifestHasTheDigestOfTheArchiveAndTheVersionOfTheProgram() throws Exception {
        assertEquals(
                Hashing.sha256().hashBytes(Files.readAllBytes(ARCHIVE)).toString(),
                platform().path("sha256").asText());
        assertEquals("v" + VERSION, spec.path("version").asText());
        assertTrue(platform().path("uri").asText().endsWith("/v" + VERSION + "/bulkhead.tar.gz"), spec::toString);
    }

    @Test
    void whatIsUnpackedRuns() throws Exception {
        Program.Result version = shell.run("kubectl-bulkhead", "--version");

        assertEquals(0, version.exitCode(), version.err());
        assertEquals("bulkhead " + VERSION, version.out().strip());
        assertEquals("", version.err());
    }

    @Test
    @EnabledIf(value = "kubectl", disabledReason = "kubectl is not on the PATH")
    void kubectlRunsIt() throws Exception {
        Program.Result version = shell.run("kubectl", "bulkhead", "--version");

        assertEquals(0, version.exitCode(), version.err());
        assertEquals("bulkhead " + VERSION, version.out().strip());
    }

    @Test
    void everyFileOfTheManifestIsThereAndNothingElse() throws Exception {
        List<String> names = entries("-tzf");

        assertTrue(names.containsAll(List.of("bulkhead", "bulkhead.jar", "LICENSE")), names::toString);
        for (String name : names) {
            assertTrue(
                    List.of("bulkhead", "bulkhead.jar", "LICENSE").contains(name) || name.matches("lib/[^/]+[.]jar"),
                    name);
        }
        assertEquals(List.of("bulkhead", "bulkhead.jar", "lib/*", "LICENSE"), spec.findValuesAsText("from"));
    }

    @Test
    void nothingInItDependsOnWhoMadeItOrWhen() throws Exception {
        List<String> libraries =
                entries("-tzf").stream().filter(name -> name.startsWith("lib/")).toList();
        assertFalse(libraries.isEmpty());
        assertEquals(libraries.stream().sorted().toList(), libraries);
        for (String entry : entries("--numeric-owner", "-tvzf")) {
            assertTrue(entry.matches("-rw(xr-xr-x|-r--r--) 0/0 +\\d+ 2026-01-01 00:00 .*"), entry);
        }
    }

    private List<String> entries(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("tar"));
        command.addAll(List.of(options));
        command.add(ARCHIVE.toString());
        Program.Result listed = shell.with("TZ", "UTC").run(command);
        assertEquals(0, listed.exitCode(), listed.err());
        return listed.out().lines().toList();
    }
}
