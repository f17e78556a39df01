package dev.bulkhead.app.connection;

import dev.bulkhead.app.FailedException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which cluster a command connects to: the current context's of the usual kubeconfig unless said. */
public final class ConnectionOptions {

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "A kubeconfig file to reach the cluster by, instead of the usual one.")
    private Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "A context of the kubeconfig to reach the cluster by, instead of the current one.")
    private String context;

    /** @throws FailedException where there is no such file or context */
    public Config connection() {
        if (kubeconfig != null && !Files.isReadable(kubeconfig)) {
            throw new FailedException("the kubeconfig " + kubeconfig + " cannot be read");
        }
        try {
            Config config = kubeconfig == null
                    ? Config.autoConfigure(context)
                    : Config.fromKubeconfig(context, kubeconfig.toFile());
            return new ConfigBuilder(config).withUserAgent("bulkhead").build();
        } catch (KubernetesClientException e) {
            throw new FailedException("the kubeconfig cannot be used: " + e.getMessage());
        }
    }
}
