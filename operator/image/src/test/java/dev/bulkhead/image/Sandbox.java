package dev.bulkhead.image;

import dev.bulkhead.testkit.junit.ControlPlaneExtension;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A container of an image: processes, users and files of its own, a root folder that nobody can write to, no
 * capabilities. The network is the machine's, as that of a pod on the host network.
 */
final class Sandbox implements AutoCloseable {

    private final Process process;
    private final Path log;

    private Sandbox(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Ends the test where this machine cannot have one; as a failure where everything has to be there. */
    static void require() throws IOException, InterruptedException {
        if (works()) {
            return;
        }
        String reason = "bubblewrap is not installed, or may not make namespaces: the image is not run";
        if (Boolean.parseBoolean(System.getenv(ControlPlaneExtension.REQUIRE))) {
            Assertions.fail(reason);
        }
        System.err.println("SKIPPED " + Sandbox.class.getName() + ": " + reason);
        Assumptions.abort(reason);
    }

    private static boolean works() throws IOException, InterruptedException {
        boolean isInstalled = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "bwrap")));
        return isInstalled
                && new ProcessBuilder(
                                        "bwrap",
                                        "--unshare-user",
                                        "--unshare-pid",
                                        "--ro-bind",
                                        "/",
                                        "/",
                                        "--proc",
                                        "/proc",
                                        "true")
                                .start()
                                .waitFor()
                        == 0;
    }

    /**
     * @param environment beyond the image's own
     * @param arguments for the image's entrypoint
     */
    static Sandbox start(
            Image image, Map<String, String> environment, List<Mount> mounts, List<String> arguments, Path log)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("bwrap", "--die-with-parent"));
        command.addAll(List.of("--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts"));
        String[] userAndGroup = image.user().split(":", -1);
        command.addAll(List.of("--uid", userAndGroup[0], "--gid", userAndGroup[1], "--cap-drop", "ALL"));
        command.add("--clearenv");
        image.environment().forEach(variable -> {
            String[] nameAndValue = variable.split("=", 2);
            command.addAll(List.of("--setenv", nameAndValue[0], nameAndValue[1]));
        });
        environment.forEach((name, value) -> command.addAll(List.of("--setenv", name, value)));
        // The image has no folders to mount at, so they are made before nothing can be written any more.
        command.addAll(List.of("--tmpfs", "/"));
        try (Stream<Path> folders = Files.list(image.root())) {
            folders.sorted()
                    .forEach(folder ->
                            command.addAll(List.of("--ro-bind", folder.toString(), "/" + folder.getFileName())));
        }
        mounts.forEach(mount -> command.addAll(mount.flags()));
        command.addAll(List.of(
                "--proc", "/proc", "--dev", "/dev", "--remount-ro", "/", "--chdir", image.workingDirectory(), "--"));
        command.addAll(image.entrypoint());
        command.addAll(arguments);
        return new Sandbox(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** What it said so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
