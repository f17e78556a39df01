package dev.bulkhead.app.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.app.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Inputs beside what came of them: {@code name.out.yaml}, the policies, and {@code name.states.txt}; or, of an input
 * that is refused, {@code name.errors.txt}. {@code -Dbulkhead.update=true} writes them anew.
 */
final class Golden {

    static final Path ROOT = Path.of(System.getProperty("bulkhead.root"));
    static final Path RESOURCES = ROOT.resolve("operator/app/src/test/resources");

    private static final boolean UPDATE = Boolean.getBoolean("bulkhead.update");

    private Golden() {}

    /** @param results folder and beginning of the names of the files to compare with */
    static void compare(Path input, List<String> options, Path results) throws IOException {
        Program.Result result = render(input, options);
        String shown = result.err().replace(input.getParent() + "/", "");
        boolean refused = result.exitCode() != 0;
        expect(results, ".out.yaml", refused ? "" : result.out());
        expect(results, ".states.txt", refused ? "" : shown);
        expect(results, ".errors.txt", refused ? shown : "");
    }

    static Program.Result render(Path input, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("render", "-f", input.toString()));
        arguments.addAll(options);
        return Program.run(arguments);
    }

    private static void expect(Path results, String ending, String actual) throws IOException {
        Path file = results.resolveSibling(results.getFileName() + ending);
        if (UPDATE) {
            Files.createDirectories(file.getParent());
            if (actual.isEmpty()) {
                Files.deleteIfExists(file);
            } else {
                Files.writeString(file, actual);
            }
        }
        assertEquals(Files.exists(file) ? Files.readString(file) : "", actual, file.toString());
    }
}
