package dev.bulkhead.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A program that is called as Go is, builds nothing, and notes how often it was asked to. */
record FakeGo(Path folder) {

    /** @param build what it does when asked to build, as a line of shell; the program to make is {@code $OUTPUT} */
    Go saying(String version, String build) throws IOException {
        String script = """
                #!/bin/sh
                case "$1" in
                env) echo "%s" ;;
                build)
                  echo built >> "%s"
                  while [ "$1" != "-o" ]; do shift; done
                  OUTPUT="$2"
                  %s ;;
                esac
                """.formatted(version, log(), build);
        Path executable = folder.resolve("go");
        Files.writeString(executable, script);
        Files.setPosixFilePermissions(executable, PosixFilePermissions.fromString("rwx------"));
        return new Go(executable);
    }

    /** As {@link #saying}, with a build that succeeds. */
    Go building(String version) throws IOException {
        return saying(version, "sleep 0.2; echo program > \"$OUTPUT\"; chmod +x \"$OUTPUT\"");
    }

    int builds() throws IOException {
        List<String> lines = Files.exists(log()) ? Files.readAllLines(log()) : List.of();
        return lines.size();
    }

    private Path log() {
        return folder.resolve("builds");
    }
}
