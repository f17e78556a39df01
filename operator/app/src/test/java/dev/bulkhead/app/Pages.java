package dev.bulkhead.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages of the documentation. */
public final class Pages {

    public static final Path ROOT = Path.of(System.getProperty("bulkhead.root"));
    public static final Path DOCS = ROOT.resolve("operator/docs");
    public static final Path COMMUNITY = ROOT.resolve(".github");
    public static final Path TUTORIAL = DOCS.resolve("tutorial.md");
    public static final Path BREAK_GLASS = DOCS.resolve("guides/break-glass.md");

    private static final Pattern BLOCK = Pattern.compile("^```(\\w+)\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

    private Pages() {}

    public static List<Path> all() {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("examples/README.md")));
        pages.addAll(files(DOCS, ".md"));
        return pages;
    }

    /** In order of their names, at whatever depth. */
    private static List<Path> files(Path folder, String suffix) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What whoever takes part reads, outside the documentation. */
    public static List<Path> community() {
        return files(COMMUNITY, ".md");
    }

    /** Those whose commands stand by themselves; where they build on each other a test of its own runs them. */
    public static List<Path> withoutWalkthroughs() {
        return all().stream()
                .filter(page -> !page.equals(TUTORIAL) && !page.equals(BREAK_GLASS))
                .toList();
    }

    public static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands in the fences of a language. */
    public static List<String> blocks(Path page, String language) {
        return BLOCK.matcher(text(page))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }
}
