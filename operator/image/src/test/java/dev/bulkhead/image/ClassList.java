package dev.bulkhead.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The list of what goes into the image's class archive. It is kept rather than recorded by each build, as no two runs of
 * a program with many threads load the same classes, and the image would be another each time.
 */
final class ClassList {

    static final String REFRESH =
            "mvn verify -pl operator/image -am -Dtest=ImageTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dbulkhead.update=true";

    private static final Path FILE =
            Path.of(System.getProperty("bulkhead.root"), "operator/image/src/main/assembly/classes.lst");

    private ClassList() {}

    static boolean isToBeRefreshed() {
        return Boolean.getBoolean("bulkhead.update");
    }

    /** Flags of a Java runtime that write what it loads into a file. */
    static String recording(String file) {
        return "-Xshare:off -XX:DumpLoadedClassList=" + file;
    }

    static void refresh(Path recorded) throws IOException {
        try (Stream<String> lines = Files.lines(recorded)) {
            List<String> sorted = lines.filter(line -> !line.startsWith("#"))
                    .filter(Predicate.not(ClassList::isNumbered))
                    .distinct()
                    // Classes before the lambdas in them.
                    .sorted(Comparator.<String, Boolean>comparing(line -> line.startsWith("@"))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
            Files.write(FILE, sorted);
        }
    }

    /** Made while a program runs, under names that say nothing. */
    private static boolean isNumbered(String line) {
        return line.contains("/$Proxy");
    }
}
