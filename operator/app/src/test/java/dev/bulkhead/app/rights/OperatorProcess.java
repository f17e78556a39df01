package dev.bulkhead.app.rights;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.bulkhead.app.Main;
import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.chart.ChartAccount;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code bulkhead operator} as the chart's Deployment runs it, but as a process of this machine: with the chart's
 * environment, the token of the chart's service account, and nothing else to show to the API server.
 */
public final class OperatorProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 90;
    private static final Pattern WRITES = Pattern.compile("Lead gained replica=(\\S+)");

    private final Process process;
    private final Path folder;
    private final Path log;

    private OperatorProcess(Process process, Path folder, Path log) {
        this.process = process;
        this.folder = folder;
        this.log = log;
    }

    /** @param pod by which name it goes */
    public static OperatorProcess start(ControlPlane controlPlane, String pod) throws IOException {
        return start(controlPlane, pod, Map.of());
    }

    /** With the flags of the Java runtime that the chart sets, its heap among them. */
    public static OperatorProcess startWithHeapOfChart(ControlPlane controlPlane, String pod) throws IOException {
        Path values = Path.of(System.getProperty("bulkhead.root"), "charts", "bulkhead", "values.yaml");
        ChartValues chart = Serialization.unmarshal(Files.readString(values), ChartValues.class);
        return start(controlPlane, pod, Map.of("JDK_JAVA_OPTIONS", String.join(" ", chart.jvmOptions())));
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record ChartValues(List<String> jvmOptions) {}

    /** @param environment besides that of the chart */
    public static OperatorProcess start(ControlPlane controlPlane, String pod, Map<String, String> environment)
            throws IOException {
        Path folder = Files.createTempDirectory("bulkhead-operator-");
        Path kubeconfig = ChartAccount.ofOperator(controlPlane).kubeconfig(folder.resolve("kubeconfig"));
        Path log = folder.resolve("log");
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "operator");
        command.environment().put("POD_NAMESPACE", ChartAccount.NAMESPACE);
        command.environment().put("POD_NAME", pod);
        command.environment().put("BULKHEAD_KUBECONFIG", kubeconfig.toString());
        for (String port : List.of("BULKHEAD_PROBE_PORT", "BULKHEAD_METRICS_PORT", "BULKHEAD_CONSOLE_PORT")) {
            // Whichever is free: one that was free a moment ago may be somebody's by now.
            command.environment().put(port, "0");
        }
        command.environment().put("BULKHEAD_LOG_FORMAT", "TEXT");
        command.environment().putAll(environment);
        Process process =
                command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        return new OperatorProcess(process, folder, log);
    }

    public int metricsPort() {
        return port("Metrics");
    }

    public int consolePort() {
        return port("Console");
    }

    private int port(String server) {
        Pattern served = Pattern.compile(server + " served port=(\\d+)");
        Await.until(
                server + " is served",
                Duration.ofSeconds(PATIENCE_SECONDS),
                () -> served.matcher(log()).find());
        Matcher said = served.matcher(log());
        said.find();
        return Integer.parseInt(said.group(1));
    }

    public boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port("Probes") + "/readyz"))
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

    public boolean writes() {
        return WRITES.matcher(log()).find();
    }

    /** By what name it takes part in the election. */
    String identity() {
        Matcher said = WRITES.matcher(log());
        if (!said.find()) {
            throw new AssertionError("it does not write: " + log());
        }
        return said.group(1);
    }

    /** What it said since it was started. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to end, as the kubelet does. */
    public void stop() {
        process.destroy();
    }

    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Waits for the end. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end: " + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        kill();
        Files.delete(log);
        Files.delete(folder.resolve("kubeconfig"));
        Files.delete(folder);
    }
}
