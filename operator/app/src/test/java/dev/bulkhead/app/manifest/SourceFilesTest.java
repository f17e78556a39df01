package dev.bulkhead.app.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFilesTest {

    private static final String POD = "{apiVersion: v1, kind: Pod, metadata: {name: %s}}";

    @TempDir
    private Path folder;

    private final List<Finding> findings = new ArrayList<>();

    @Test
    void aFolderIsTheYamlAndJsonFilesBelowItByName() throws IOException {
        write("b.yaml", "b");
        write("a/c.yml", "c");
        write("a/b/a.json", "a");
        write("a/notes.txt", "no");

        assertEquals(List.of("Pod default/a", "Pod default/c", "Pod default/b"), objects(List.of(folder.toString())));
        assertEquals(List.of(), findings);
    }

    @Test
    void eachFileIsReadOnceAndWhateverItsNameWhereItIsNamedItself() throws IOException {
        Path text = write("pod.txt", "a");
        String roundabout = folder.resolve("./pod.txt").toString();

        assertEquals(List.of("Pod default/a"), objects(List.of(text.toString(), roundabout)));
        assertEquals(List.of(), findings);
    }

    @Test
    void standardInputIsAFile() {
        InputStream input = new ByteArrayInputStream(POD.formatted("a").getBytes(StandardCharsets.UTF_8));

        List<SourceFile> files = new SourceFiles(input, findings::add).read(List.of("-", "-"));

        assertEquals(List.of("Pod default/a"), Reading.of(files).objects());
    }

    @Test
    void whatIsNotThereIsFoundAndTheRestRead() throws IOException {
        write("a.yaml", "a");
        String missing = folder.resolve("missing").toString();

        assertEquals(List.of("Pod default/a"), objects(List.of(missing, folder.toString(), "\0")));
        assertEquals(
                missing + ": there is no such file or folder", findings.get(0).toString());
        assertEquals(2, findings.size());
    }

    @Test
    void whatVanishesBeforeItIsReadIsFound() throws IOException {
        write("a.yaml", "a");
        Path gone = write("b.yaml", "b");
        List<SourceFile> files =
                new SourceFiles(InputStream.nullInputStream(), findings::add).read(List.of(folder.toString()));
        Files.delete(gone);

        Reading reading = Reading.of(files);

        assertEquals(List.of("Pod default/a"), reading.objects());
        assertEquals(List.of(gone.toString()), reading.leftOut());
    }

    @Test
    void linksAreFollowedAndLeadInNoCircle() throws IOException {
        write("real/a.yaml", "a");
        Files.createSymbolicLink(folder.resolve("real/back"), folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));

        assertEquals(List.of("Pod default/a"), objects(List.of(link.toString())));
        assertEquals(List.of(), findings);
    }

    private List<String> objects(List<String> arguments) {
        return Reading.of(new SourceFiles(InputStream.nullInputStream(), findings::add).read(arguments))
                .objects();
    }

    private Path write(String name, String pod) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, POD.formatted(pod));
    }
}
