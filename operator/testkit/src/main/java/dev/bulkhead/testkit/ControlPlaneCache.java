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
 * The control planes that were built on this machine, one folder for each state of the sources and version of Go, under
 * {@code $XDG_CACHE_HOME/bulkhead/control-plane} ({@code ~/.cache} where that is not set).
 */
final class ControlPlaneCache {

    // File locks are held by the whole JVM and refuse a second thread of it.
    private static final Lock ONE_THREAD = new ReentrantLock();

    private final Path root;
    private final ControlPlaneSources sources;
    private final PrintStream progress;

    ControlPlaneCache(Path root, ControlPlaneSources sources, PrintStream progress) {
        this.root = root;
        this.sources = sources;
        this.progress = progress;
    }

    static Path defaultRoot() {
        String cacheHome = System.getenv("XDG_CACHE_HOME");
        Path base = cacheHome == null || cacheHome.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(cacheHome);
        return base.resolve("bulkhead").resolve("control-plane");
    }

    /**
     * The control plane that these sources and that Go make; built now if it never was.
     *
     * @throws ControlPlaneUnavailableException if it cannot be built
     */
    Path get(Go go) {
        Path folder = root.resolve(sources.hash(go.version()));
        Path binary = folder.resolve("control-plane");
        if (Files.isExecutable(binary)) {
            return binary;
        }
        ONE_THREAD.lock();
        try {
            Files.createDirectories(folder);
            buildOnce(go, folder, binary);
            return binary;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ONE_THREAD.unlock();
        }
    }

    private void buildOnce(Go go, Path folder, Path binary) throws IOException {
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
                sources.writeTo(workshop);
                Path built = workshop.resolve("control-plane");
                go.build(workshop, built, progress);
                Files.move(built, binary, StandardCopyOption.ATOMIC_MOVE);
                progress.println("The control plane is built and kept: " + binary);
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
        progress.println("Another process is building the control plane; waiting for it.");
        return channel.lock();
    }
}
