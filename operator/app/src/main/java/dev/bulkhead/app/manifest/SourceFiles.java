package dev.bulkhead.app.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The files that {@code -f} names: files, folders with everything below them, and {@code -} for standard input. */
public final class SourceFiles {

    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");
    private static final String STANDARD_INPUT = "-";

    private final InputStream standardInput;
    private final Consumer<Finding> findings;

    /** @param findings takes what cannot be read; it is left out */
    public SourceFiles(InputStream standardInput, Consumer<Finding> findings) {
        this.standardInput = standardInput;
        this.findings = findings;
    }

    /** Those that are not there. */
    public static List<Finding> missing(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> !argument.equals(STANDARD_INPUT) && isMissing(argument))
                .map(SourceFiles::missing)
                .toList();
    }

    private static boolean isMissing(String argument) {
        try {
            return !Files.exists(Path.of(argument));
        } catch (InvalidPathException e) {
            // It is told why it cannot be read.
            return false;
        }
    }

    private static Finding missing(String path) {
        return new Finding(new Place(path, 0), path, "there is no such file or folder");
    }

    /** Each file once, however often it is named; those of a folder sorted by name. */
    public List<SourceFile> read(List<String> arguments) {
        Map<String, SourceFile> files = new LinkedHashMap<>();
        for (String argument : arguments) {
            try {
                if (argument.equals(STANDARD_INPUT)) {
                    if (!files.containsKey(argument)) {
                        files.put(argument, SourceFile.of(argument, standardInput.readAllBytes()));
                    }
                } else {
                    files(Path.of(argument))
                            .forEach(path -> files.putIfAbsent(
                                    path.toAbsolutePath().normalize().toString(), SourceFile.at(path)));
                }
            } catch (IOException e) {
                findings.accept(Parsing.cannotBeRead(argument, e));
            } catch (InvalidPathException e) {
                findings.accept(Parsing.cannotBeRead(argument, new IOException(e.getReason(), e)));
            }
        }
        return new ArrayList<>(files.values());
    }

    private List<Path> files(Path path) throws IOException {
        if (!Files.exists(path)) {
            findings.accept(missing(path.toString()));
            return List.of();
        }
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        List<Path> below = new ArrayList<>();
        Files.walkFileTree(
                path, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        String name = file.getFileName().toString();
                        if (attributes.isRegularFile() && ENDINGS.stream().anyMatch(name::endsWith)) {
                            below.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException reason) {
                        // A link back to where it stands leads to nothing new.
                        if (!(reason instanceof FileSystemLoopException)) {
                            findings.accept(Parsing.cannotBeRead(file.toString(), reason));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return below.stream().sorted().toList();
    }
}
