package dev.bulkhead.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the image, and what it says of itself. */
class ImageContentsTest {

    private static final Path TAR = Path.of(System.getProperty("bulkhead.image"));
    private static final long MEBIBYTE = 1024 * 1024;
    private static final Set<String> INTERPRETERS =
            Set.of("sh", "bash", "dash", "busybox", "perl", "python3", "env", "apt", "apk", "curl", "wget");

    private static Image image;

    @BeforeAll
    static void unpack(@TempDir Path folder) throws IOException, InterruptedException {
        image = Image.unpack(TAR, folder);
    }

    @Test
    void itIsSmall() throws IOException {
        assertTrue(Files.size(TAR) <= 90 * MEBIBYTE, () -> TAR + " is larger than 90 MiB");
    }

    @Test
    void itsUserIsANumberThatIsNotRoot() {
        // Kubernetes cannot tell of a name whether it is root, and refuses it under runAsNonRoot.
        assertEquals("65532:65532", image.user());
    }

    @Test
    void aBreakInFindsNoShellAndNoInterpreter() throws IOException {
        List<String> found = image.paths().stream()
                .filter(path -> INTERPRETERS.contains(path.substring(path.lastIndexOf('/') + 1)))
                .toList();

        assertEquals(List.of(), found);
    }

    @Test
    void theOnlyProgramsAreTheRuntimeAndTheLoader() throws IOException {
        List<String> programs = image.paths().stream()
                .filter(path -> Files.isRegularFile(image.root().resolve(path.substring(1))))
                .filter(path -> Files.isExecutable(image.root().resolve(path.substring(1))))
                .filter(path -> !path.contains("/ld-linux"))
                .toList();

        assertEquals(List.of("/java/bin/java", "/java/lib/jspawnhelper"), programs);
    }

    @Test
    void nothingInItIsWritableForItsUser() throws IOException {
        for (String path : image.paths()) {
            if (!path.equals("/")) {
                String permissions = PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(image.root().resolve(path.substring(1))));
                assertFalse(permissions.endsWith("w-") || permissions.endsWith("wx"), path + " " + permissions);
            }
        }
    }

    @Test
    void itSaysWhatItIs() {
        assertEquals("bulkhead", image.label("org.opencontainers.image.title"));
        assertEquals("Apache-2.0", image.label("org.opencontainers.image.licenses"));
        assertFalse(image.label("org.opencontainers.image.version").isEmpty());
        assertFalse(image.label("org.opencontainers.image.description").isEmpty());
    }

    @Test
    void itIsLoadedUnderTheNameThatTheChartRuns() {
        assertEquals(List.of(ChartDeployment.render().image()), image.names());
    }
}
