package dev.bulkhead.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerBinariesLocatorTest {

    @TempDir
    private Path folder;

    @Test
    void aNamedFolderComesFirst() throws IOException {
        executable("etcd");
        executable("kube-apiserver");
        FakeGo go = new FakeGo(folder);
        Go tool = go.building("go1.26.8");
        ServerBinaries found = locator(Map.of("KUBEBUILDER_ASSETS", folder.toString()), Optional.of(tool))
                .locate();
        assertEquals(new ServerBinaries.Folder(folder), found);
        assertEquals(0, go.builds());
    }

    @Test
    void aNamedFolderThatLacksAServerIsRefusedByName() throws IOException {
        executable("etcd");
        ControlPlaneUnavailableException refused = assertThrows(
                ControlPlaneUnavailableException.class,
                () -> locator(Map.of("KUBEBUILDER_ASSETS", folder.toString()), Optional.empty())
                        .locate());
        assertTrue(refused.getMessage().contains("kube-apiserver is not there"), refused.getMessage());
    }

    @Test
    void otherwiseOneIsBuilt() throws IOException {
        Go tool = new FakeGo(folder).building("go1.26.8");
        assertTrue(locator(Map.of(), Optional.of(tool)).locate() instanceof ServerBinaries.OneFile);
    }

    @Test
    void withoutGoTheMessageSaysWhatWouldHelp() {
        ControlPlaneUnavailableException refused = assertThrows(
                ControlPlaneUnavailableException.class,
                () -> locator(Map.of(), Optional.empty()).locate());
        assertTrue(refused.getMessage().contains("Install Go"), refused.getMessage());
        assertTrue(refused.getMessage().contains("KUBEBUILDER_ASSETS"), refused.getMessage());
    }

    private ServerBinariesLocator locator(Map<String, String> environment, Optional<Go> go) {
        ControlPlaneCache cache = new ControlPlaneCache(folder.resolve("cache"), new ControlPlaneSources(), System.err);
        return new ServerBinariesLocator(environment, () -> go, cache);
    }

    private void executable(String name) throws IOException {
        Files.writeString(folder.resolve(name), "");
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rwx------"));
    }
}
