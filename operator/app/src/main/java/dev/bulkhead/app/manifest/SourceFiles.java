package dev.bulkhead.app.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files that {@code -f} names: files, folders with everything below them, and {@code -} for standard input. */
public final class SourceFiles {

    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");

    private final InputStream standardInput;

    public SourceFiles(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    /** Each file once, however often it is named; those of a folder sorted by name. */
    public List<SourceFile> read(List<String> arguments) throws IOException {
        Map<String, SourceFile> files = new LinkedHashMap<>();
        for (String argument : arguments) {
            if (argument.equals("-")) {
                String text = new String(standardInput.readAllBytes(), StandardCharsets.UTF_8);
                files.putIfAbsent("-", new SourceFile("-", text));
                continue;
            }
            for (Path path : files(Path.of(argument))) {
                String key = path.toAbsolutePath().normalize().toString();
                files.putIfAbsent(
                        key,
                        new SourceFile(path.toString(), new String(Files.readAllBytes(path), StandardCharsets.UTF_8)));
            }
        }
        return new ArrayList<>(files.values());
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> below = Files.walk(path)) {
            return below.filter(Files::isRegularFile)
                    .filter(file -> ENDINGS.stream().anyMatch(file.getFileName().toString()::endsWith))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
