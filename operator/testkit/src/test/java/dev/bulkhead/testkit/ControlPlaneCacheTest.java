package dev.bulkhead.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlPlaneCacheTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Path root;
    private final FakeGo go;

    ControlPlaneCacheTest(@TempDir Path folder) throws IOException {
        root = folder.resolve("cache");
        go = new FakeGo(Files.createDirectory(folder.resolve("go")));
    }

    @Test
    void whatIsAskedForAtTheSameTimeIsBuiltOnce() throws IOException {
        Go tool = go.building("go1.26.8");
        List<Path> programs = IntStream.range(0, 4)
                .parallel()
                .mapToObj(i -> cache().get(tool))
                .distinct()
                .toList();
        assertEquals(1, programs.size());
        assertTrue(Files.isExecutable(programs.get(0)));
        assertEquals(1, go.builds());
        assertTrue(said.toString(StandardCharsets.UTF_8).contains("Building a Kubernetes"));
    }

    @Test
    void anotherVersionOfGoMakesAnotherProgram() throws IOException {
        Path one = cache().get(go.building("go1.26.8"));
        Path other = cache().get(go.building("go1.27.0"));
        assertNotEquals(one, other);
        assertEquals(2, go.builds());
    }

    @Test
    void aBuildThatFailsSaysWhyAndLeavesNothing() throws IOException {
        Go tool = go.saying("go1.26.8", "echo no such module >&2; exit 3");
        ControlPlaneUnavailableException failed =
                assertThrows(ControlPlaneUnavailableException.class, () -> cache().get(tool));
        assertTrue(failed.getMessage().contains("no such module"), failed.getMessage());
        try (Stream<Path> files = Files.walk(root)) {
            assertEquals(
                    List.of("lock"),
                    files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString())
                            .toList());
        }
    }

    @Test
    void whatABuildLeftBehindThatWasKilledIsNoHindrance() throws IOException {
        Go tool = go.building("go1.26.8");
        Path remains =
                root.resolve(new ControlPlaneSources().hash(tool.version())).resolve("build");
        Files.createDirectories(remains);
        Files.writeString(remains.resolve("control-plane"), "half a program");
        assertEquals("program\n", Files.readString(cache().get(tool)));
    }

    private ControlPlaneCache cache() {
        return new ControlPlaneCache(
                root, new ControlPlaneSources(), new PrintStream(said, true, StandardCharsets.UTF_8));
    }
}
