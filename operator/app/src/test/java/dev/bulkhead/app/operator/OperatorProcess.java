package dev.bulkhead.app.operator;

import dev.bulkhead.app.Main;
import dev.bulkhead.testkit.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code bulkhead operator} as a process of its own. */
final class OperatorProcess {

    private static final long PATIENCE_SECONDS = 30;

    private final Process process;
    private final int probePort;
    private final Path log;

    private OperatorProcess(Process process, int probePort, Path log) {
        this.process = process;
        this.probePort = probePort;
        this.log = log;
    }

    static OperatorProcess start(ControlPlane controlPlane, String namespace) throws IOException {
        int port = freePort();
        Path log = Files.createTempFile("bulkhead-operator-", ".log");
        log.toFile().deleteOnExit();
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "operator",
                "--kubeconfig",
                controlPlane.kubeconfig().toString(),
                "--namespace",
                namespace,
                "--probe-port",
                Integer.toString(port),
                "--log-format",
                "TEXT");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new OperatorProcess(process, port, log);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + probePort + "/readyz"))
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode()
                    == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    boolean says(String text) {
        return log().contains(text);
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to end, as the kubelet does. */
    void stop() {
        process.destroy();
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Waits for the end. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end: " + log());
        }
        return process.exitValue();
    }
}
