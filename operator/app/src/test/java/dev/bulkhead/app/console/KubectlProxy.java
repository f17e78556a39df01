package dev.bulkhead.app.console;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code kubectl proxy}, which shows the API server's credentials for whoever asks it. */
final class KubectlProxy implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("Starting to serve on (127\\.0\\.0\\.1:\\d+)");

    private final Process process;
    private final String address;

    KubectlProxy(Path kubeconfig) throws IOException {
        process = new ProcessBuilder("kubectl", "--kubeconfig=" + kubeconfig, "proxy", "--port=0")
                .redirectErrorStream(true)
                .start();
        String line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        Matcher ready = READY.matcher(String.valueOf(line));
        if (!ready.find()) {
            process.destroyForcibly();
            throw new AssertionError("kubectl proxy says: " + line);
        }
        address = "http://" + ready.group(1);
    }

    String address() {
        return address;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
