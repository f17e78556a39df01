package dev.bulkhead.image;

import dev.bulkhead.testkit.chart.ChartAccount;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The operator in the image as the chart's Deployment runs it, on ports that are free. */
record ImageOperator(Sandbox sandbox, int probePort, int consolePort) {

    private static final String TOKEN_FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";

    /**
     * @param folder for what it is given and what it says; not there yet
     * @param javaOptions besides the chart's
     */
    static ImageOperator start(Image image, Config account, Path folder, String javaOptions, List<Mount> mounts)
            throws IOException {
        Files.createDirectory(folder);
        ChartDeployment deployment = ChartDeployment.render();
        int probePort = freePort();
        int consolePort = freePort();
        URI server = URI.create(account.getMasterUrl());
        Map<String, String> environment = new LinkedHashMap<>(deployment.environment());
        environment.put("KUBERNETES_SERVICE_HOST", server.getHost());
        environment.put("KUBERNETES_SERVICE_PORT", Integer.toString(server.getPort()));
        environment.put("BULKHEAD_PROBE_PORT", Integer.toString(probePort));
        environment.put("BULKHEAD_CONSOLE_PORT", Integer.toString(consolePort));
        environment.put("BULKHEAD_METRICS_PORT", Integer.toString(freePort()));
        environment.merge("JDK_JAVA_OPTIONS", javaOptions, (flags, more) -> (flags + " " + more).strip());
        Path secrets = Files.createDirectory(folder.resolve("serviceaccount"));
        Files.copy(Path.of(account.getCaCertFile()), secrets.resolve("ca.crt"));
        Files.writeString(secrets.resolve("token"), account.getOauthToken());
        Files.writeString(secrets.resolve("namespace"), ChartAccount.NAMESPACE);
        List<Mount> all = new ArrayList<>(mounts);
        all.add(Mount.readOnly(secrets, TOKEN_FOLDER));
        return new ImageOperator(
                Sandbox.start(image, environment, all, deployment.arguments(), folder.resolve("log")),
                probePort,
                consolePort);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
