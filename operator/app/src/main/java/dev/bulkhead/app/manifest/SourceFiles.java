package dev.bulkhead.app.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The files that {@code -f} names: files, folders with everything below them, and {@code -} for standard input. */
public final class SourceFiles {

    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream standardInput;
    private final Consumer<Finding> findings;

    /** @param findings takes the files that cannot be read; they are left out */
    public SourceFiles(InputStream standardInput, Consumer<Finding> findings) {
        this.standardInput = standardInput;
        this.findings = findings;
    }

    /** Each file once, however often it is named; those of a folder sorted by name. */
    public List<SourceFile> read(List<String> arguments) {
        Map<String, SourceFile> files = new LinkedHashMap<>();
        for (String argument : arguments) {
            try {
                if (argument.equals("-")) {
                    if (!files.containsKey("-")) {
                        add(files, "-", "-", standardInput.readAllBytes());
                    }
                    continue;
                }
                for (Path path : files(Path.of(argument))) {
                    String key = path.toAbsolutePath().normalize().toString();
                    if (!files.containsKey(key)) {
                        add(files, key, path.toString(), Files.readAllBytes(path));
                    }
                }
            } catch (NoSuchFileException e) {
                findings.accept(new Finding(new Place(argument, 0), "there is no such file or folder"));
            } catch (IOException e) {
                findings.accept(new Finding(new Place(argument, 0), "it cannot be read: " + e.getMessage()));
            }
        }
        return new ArrayList<>(files.values());
    }

    private void add(Map<String, SourceFile> files, String key, String name, byte[] bytes) {
        ByteBuffer input = ByteBuffer.wrap(bytes);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(input).toString();
            files.put(key, new SourceFile(name, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text));
        } catch (CharacterCodingException e) {
            int line = 1;
            for (int i = 0; i < input.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            findings.accept(new Finding(new Place(name, line), "this is not UTF-8; save the file in that encoding"));
        }
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
