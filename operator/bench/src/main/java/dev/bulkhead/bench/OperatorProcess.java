package dev.bulkhead.bench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The operator as it is deployed: {@code java -jar bulkhead.jar operator} in a process of its own. */
final class OperatorProcess implements AutoCloseable {

    /** Those that the chart gives it. */
    static final List<String> JVM_OPTIONS = chart().jvmOptions();

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    private static final Duration READY_LIMIT = Duration.ofMinutes(1);
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern USED = Pattern.compile(" used (\\d+)K");
    private static final Pattern METASPACE = Pattern.compile("Metaspace.*", Pattern.DOTALL);

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record ChartValues(List<String> jvmOptions) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path log;
    private final Process process;
    private final int probePort;
    private final int metricsPort;
    private final int consolePort;
    private final Duration start;
    private final Duration startProcessorTime;

    /** Starts one that runs alone, and returns when it is ready. */
    OperatorProcess(Path kubeconfig) {
        this(kubeconfig, "bulkhead", List.of("--no-leader-elect"));
    }

    /** Starts one of several, and returns when it is ready. */
    static OperatorProcess replica(Path kubeconfig, String pod) {
        return new OperatorProcess(kubeconfig, pod, List.of());
    }

    private OperatorProcess(Path kubeconfig, String pod, List<String> options) {
        try {
            log = Path.of(System.getProperty("bulkhead.root"), "operator", "bench", "target", pod + ".log");
            probePort = freePort();
            metricsPort = freePort();
            consolePort = freePort();
            long begin = System.nanoTime();
            ProcessBuilder command = new ProcessBuilder(command(kubeconfig, options))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            command.environment().put("POD_NAME", pod);
            process = command.start();
            awaitReady();
            start = Duration.ofNanos(System.nanoTime() - begin);
            startProcessorTime = process.info().totalCpuDuration().orElseThrow();
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

    boolean isAlive() {
        return process.isAlive();
    }

    /** From the start of the process until {@code /readyz} said so. */
    Duration start() {
        return start;
    }

    /** What all cores together worked for it until then: what remains when others have work for the machine, too. */
    Duration startProcessorTime() {
        return startProcessorTime;
    }

    /** What it tells Prometheus. */
    String scrape(String token) {
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + metricsPort + "/metrics"))
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            HttpResponse<String> answer = http.send(question, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
                throw new IllegalStateException("no metrics: " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Where the console is. */
    String console() {
        return "http://127.0.0.1:" + consolePort;
    }

    /** Resident memory in MiB. */
    double residentMebibytes() {
        return find(RESIDENT, read(Path.of("/proc", String.valueOf(process.pid()), "status"))) / 1024;
    }

    /** What the heap's generations and the class metadata take, as the JVM says it. */
    List<String> memoryByPart() {
        return jcmd("GC.heap_info")
                .lines()
                .map(String::strip)
                .filter(line -> line.contains("generation") || line.startsWith("Metaspace"))
                .map(line -> line.replaceFirst(" \\[.*", ""))
                .toList();
    }

    /**
     * What lives in the heap after full collections, in KiB. The serial collector leaves some of what is dead where it is
     * and compacts all of the heap only every fourth time, so the least of four counts.
     */
    double liveHeapKibibytes() {
        double least = Double.MAX_VALUE;
        for (int collection = 0; collection < 4; collection++) {
            jcmd("GC.run");
            least = Math.min(least, usedHeapKibibytes());
        }
        return least;
    }

    private double usedHeapKibibytes() {
        String heap = METASPACE.matcher(jcmd("GC.heap_info")).replaceFirst("");
        Matcher used = USED.matcher(heap);
        double sum = 0;
        while (used.find()) {
            sum += Double.parseDouble(used.group(1));
        }
        return sum;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    private List<String> command(Path kubeconfig, List<String> options) {
        Path jar = Path.of(System.getProperty("bulkhead.root"), "operator", "app", "target", "bulkhead.jar");
        return Stream.of(
                        List.of(JAVA_HOME.resolve("bin/java").toString()),
                        JVM_OPTIONS,
                        List.of(
                                "-jar",
                                jar.toString(),
                                "operator",
                                "--kubeconfig=" + kubeconfig,
                                "--probe-port=" + probePort,
                                "--metrics-port=" + metricsPort,
                                "--console-port=" + consolePort,
                                "--log-format=TEXT"),
                        options)
                .flatMap(List::stream)
                .toList();
    }

    private static ChartValues chart() {
        Path values = Path.of(System.getProperty("bulkhead.root"), "charts", "bulkhead", "values.yaml");
        return Serialization.unmarshal(read(values), ChartValues.class);
    }

    private void awaitReady() throws IOException {
        HttpRequest question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + probePort + "/readyz"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long end = System.nanoTime() + READY_LIMIT.toNanos();
        while (!isReady(question)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("the operator does not get ready; its log: " + log);
            }
        }
    }

    private boolean isReady(HttpRequest question) {
        try {
            TimeUnit.MILLISECONDS.sleep(10);
            return http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode()
                    == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private String jcmd(String command) {
        try {
            Process asking = new ProcessBuilder(
                            JAVA_HOME.resolve("bin/jcmd").toString(), String.valueOf(process.pid()), command)
                    .start();
            return new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double find(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("no " + pattern + " in " + text);
        }
        return Double.parseDouble(found.group(1));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
