package dev.bulkhead.app.ecosystem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bulkhead.app.Program;
import dev.bulkhead.app.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hook, run as pre-commit runs those of the language system: entry, then args, in the root of the repository. */
class PreCommitTest {

    private static final Path ROOT = Path.of(System.getProperty("bulkhead.root"));

    @TempDir
    private Path folder;

    private static JsonNode hook() throws IOException {
        return new YAMLMapper()
                .readTree(ROOT.resolve(".pre-commit-hooks.yaml").toFile())
                .path(0);
    }

    private Program.Result commit() throws IOException, InterruptedException {
        Shell shell = new Shell(folder);
        shell.program("bulkhead", Shell.ourselves(0));
        List<String> command =
                new ArrayList<>(List.of(hook().path("entry").asText().split(" ", -1)));
        hook().path("args").forEach(argument -> command.add(argument.asText()));
        return shell.run(command);
    }

    @Test
    void aCommitWithAFindingIsRefusedAndSaysWhere() throws Exception {
        Files.copy(ROOT.resolve("examples/traps/04-or-for-and.yaml"), folder.resolve("policies.yaml"));

        Program.Result result = commit();

        assertEquals(2, result.exitCode(), result.err());
        assertTrue(result.out().contains("policies.yaml:24: warning BH003"), result.out());
    }

    @Test
    void aCommitWithoutFindingsPasses() throws Exception {
        Files.copy(ROOT.resolve("examples/shop/segments.yaml"), folder.resolve("segments.yaml"));

        Program.Result result = commit();

        assertEquals(0, result.exitCode(), result.out() + result.err());
    }

    @Test
    void theWholeFolderIsReadWhicheverFilesChanged() throws IOException {
        assertFalse(hook().path("pass_filenames").asBoolean(true));
        assertEquals("system", hook().path("language").asText());
        assertTrue("deploy/intents.yaml".matches(".*" + hook().path("files").asText()));
        assertFalse("README.md".matches(".*" + hook().path("files").asText()));
    }
}
