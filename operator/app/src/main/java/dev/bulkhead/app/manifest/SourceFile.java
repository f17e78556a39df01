package dev.bulkhead.app.manifest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is yet to be read. */
public final class SourceFile {

    private static final long LARGEST = 1 << 30;

    private final String name;
    private final Content content;

    private interface Content {
        byte[] read() throws IOException;
    }

    private SourceFile(String name, Content content) {
        this.name = name;
        this.content = content;
    }

    static SourceFile at(Path path) {
        return new SourceFile(path.toString(), () -> {
            if (Files.isRegularFile(path) && Files.size(path) > LARGEST) {
                throw new IOException("it is larger than " + LARGEST + " bytes; split it");
            }
            return Files.readAllBytes(path);
        });
    }

    /** @param bytes which nobody changes */
    static SourceFile of(String name, byte[] bytes) {
        return new SourceFile(name, () -> bytes);
    }

    public static SourceFile of(String name, String text) {
        return of(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** As it is shown to people. */
    public String name() {
        return name;
    }

    /** What is in it, as UTF-8. */
    public String text() throws IOException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    byte[] bytes() throws IOException {
        return content.read();
    }
}
