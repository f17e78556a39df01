package dev.bulkhead.testkit;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Builds of one program that were made on this machine, one folder for each of them, under {@code $XDG_CACHE_HOME/bulkhead}
 * ({@code ~/.cache} where that is not set).
 */
final class BuildCache {

    // File locks are held by the whole JVM and refuse a second thread of it.
    private static final Lock ONE_THREAD = new ReentrantLock();

    private final Path root;
    private final String program;
    private final PrintStream progress;

    /** Makes a program. */
    interface Build {

        /**
         * @param workshop an empty folder that goes afterwards
         * @return where the program is in it
         */
        Path in(Path workshop) throws IOException;
    }

    /** @param program the name of its file */
    BuildCache(Path root, String program, PrintStream progress) {
        this.root = root;
        this.program = program;
        this.progress = progress;
    }

    static Path defaultRoot(String program) {
        String cacheHome = System.getenv("XDG_CACHE_HOME");
        Path base = cacheHome == null || cacheHome.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(cacheHome);
        return base.resolve("bulkhead").resolve(program);
    }

    /**
     * The program; built now if it never was.
     *
     * @param key names all that the program depends on
     */
    Path get(String key, Build build) {
        Path folder = root.resolve(key);
        Path binary = folder.resolve(program);
        if (Files.isExecutable(binary)) {
            return binary;
        }
        ONE_THREAD.lock();
        try {
            Files.createDirectories(folder);
            buildOnce(build, folder, binary);
            return binary;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ONE_THREAD.unlock();
        }
    }

    private void buildOnce(Build build, Path folder, Path binary) throws IOException {
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            if (!lock.isValid() || Files.isExecutable(binary)) {
                return;
            }
            Path workshop = folder.resolve("build");
            if (Files.exists(workshop)) {
                // Of a build that was killed: nobody else builds while we hold the lock.
                Folders.delete(workshop);
            }
            Files.createDirectory(workshop);
            try {
                Files.move(build.in(workshop), binary, StandardCopyOption.ATOMIC_MOVE);
                progress.println("The " + program + " is built and kept: " + binary);
            } finally {
                Folders.delete(workshop);
            }
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock != null) {
            return lock;
        }
        progress.println("Another process is building the " + program + "; waiting for it.");
        return channel.lock();
    }
}
