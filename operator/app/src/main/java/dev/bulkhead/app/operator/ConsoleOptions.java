package dev.bulkhead.app.operator;

import dev.bulkhead.app.FailedException;
import dev.bulkhead.app.console.ConsoleServer;
import dev.bulkhead.app.console.SignIn;
import dev.bulkhead.app.http.CertificateFolder;
import dev.bulkhead.cluster.Operator;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether the console is served, and to whom. */
final class ConsoleOptions {

    @Option(
            names = "--console",
            negatable = true,
            defaultValue = "${env:BULKHEAD_CONSOLE:-true}",
            fallbackValue = "true",
            description = "Serve the console to whom the API server lets get networkpolicies (environment:"
                    + " BULKHEAD_CONSOLE). Default: ${DEFAULT-VALUE}.")
    private boolean console;

    @Option(
            names = "--console-port",
            defaultValue = "${env:BULKHEAD_CONSOLE_PORT:-8082}",
            description =
                    "Where the console is served (environment: BULKHEAD_CONSOLE_PORT). Default:" + " ${DEFAULT-VALUE}.")
    private int consolePort;

    @Option(
            names = "--console-tls",
            paramLabel = "FOLDER",
            defaultValue = "${env:BULKHEAD_CONSOLE_TLS:-" + Option.NULL_VALUE + "}",
            description = "A folder with tls.crt and tls.key, to serve the console by TLS on all addresses. Without it"
                    + " the console listens to this machine alone, as kubectl port-forward reaches it (environment:"
                    + " BULKHEAD_CONSOLE_TLS).")
    private Path consoleTls;

    /** Nothing where it is switched off. */
    Optional<ConsoleServer> serve(Operator operator, KubernetesClient client) {
        return console ? Optional.of(server(operator, client)) : Optional.empty();
    }

    private ConsoleServer server(Operator operator, KubernetesClient client) {
        if (consoleTls == null) {
            return new ConsoleServer(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), consolePort),
                    Optional.empty(),
                    SignIn.BY_FORM,
                    operator,
                    client);
        }
        try {
            return new ConsoleServer(
                    new InetSocketAddress(consolePort),
                    Optional.of(CertificateFolder.context(consoleTls)),
                    SignIn.BY_FORM,
                    operator,
                    client);
        } catch (IOException e) {
            throw new FailedException("--console-tls: " + e.getMessage());
        }
    }
}
