package dev.bulkhead.app.rights;

import com.marcnuri.helm.Helm;
import dev.bulkhead.app.Main;
import dev.bulkhead.testkit.ControlPlane;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code bulkhead operator} as the chart's Deployment runs it, but as a process of this machine: with the chart's
 * environment, the token of the chart's service account, and nothing else to show to the API server.
 */
final class InstalledOperator implements AutoCloseable {

    static final String NAMESPACE = "bulkhead-system";

    private static final String RELEASE = "bulkhead";
    private static final Pattern WRITES = Pattern.compile("This replica, (\\S+), writes");

    private final Process process;
    private final Path folder;
    private final Path log;

    private InstalledOperator(Process process, Path folder, Path log) {
        this.process = process;
        this.folder = folder;
        this.log = log;
    }

    /** Installs the chart by Helm, and starts the operator. */
    static InstalledOperator install(ControlPlane controlPlane) throws IOException {
        new Helm(Path.of(System.getProperty("bulkhead.root"), "charts", "bulkhead"))
                .install()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .createNamespace()
                .withKubeConfig(controlPlane.kubeconfig())
                .call();
        Path folder = Files.createTempDirectory("bulkhead-rights-");
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), kubeconfig(controlPlane, RELEASE));
        Path log = folder.resolve("log");
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "operator");
        command.environment().put("POD_NAMESPACE", NAMESPACE);
        command.environment().put("POD_NAME", "bulkhead-0");
        command.environment().put("BULKHEAD_KUBECONFIG", kubeconfig.toString());
        command.environment().put("BULKHEAD_PROBE_PORT", Integer.toString(freePort()));
        command.environment().put("BULKHEAD_LOG_FORMAT", "TEXT");
        Process process =
                command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        return new InstalledOperator(process, folder, log);
    }

    /** The administrator's, which holds no credentials but a token, with the service account's token instead. */
    static String kubeconfig(ControlPlane controlPlane, String serviceAccount) throws IOException {
        String token = controlPlane
                .client()
                .serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName(serviceAccount)
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
        String administrators = controlPlane.configuration().getOauthToken();
        return Files.readString(controlPlane.kubeconfig()).replace(administrators, token);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    boolean writes() {
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
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.delete(log);
        Files.delete(folder.resolve("kubeconfig"));
        Files.delete(folder);
    }
}
