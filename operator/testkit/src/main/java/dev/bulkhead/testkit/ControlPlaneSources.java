package dev.bulkhead.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Go sources of the control plane, as they travel with the testkit. */
final class ControlPlaneSources {

    private static final List<String> FILES = List.of("go.mod", "go.sum", "main.go", "kwok.go");

    private final Map<String, byte[]> contents = new LinkedHashMap<>();

    ControlPlaneSources() {
        for (String file : FILES) {
            try (InputStream in = ControlPlaneSources.class.getResourceAsStream("control-plane/" + file)) {
                if (in == null) {
                    throw new IllegalStateException("the testkit lacks control-plane/" + file);
                }
                contents.put(file, in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A name for what these sources become when that Go compiles them. */
    String hash(String goVersion) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(goVersion.getBytes(StandardCharsets.UTF_8));
            contents.forEach((file, content) -> {
                digest.update((file + '\0' + content.length + '\0').getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void writeTo(Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
