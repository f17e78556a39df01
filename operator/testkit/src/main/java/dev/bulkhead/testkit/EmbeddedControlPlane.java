package dev.bulkhead.testkit;

import dev.bulkhead.testkit.embedded.EmbeddedApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A control plane in this JVM, which starts in a moment and needs nothing else. It holds objects as an API server does,
 * makes Deployments into pods that run in name, and stamps pods with their identity where the chart's admission policies
 * are installed. Objects are not validated, and everybody may do everything.
 *
 * <p>Custom resources are served once their CustomResourceDefinition is created, as anywhere.
 */
public final class EmbeddedControlPlane implements ControlPlane {

    private final EmbeddedApiServer server;
    private final boolean workloads;
    private final Credentials credentials;
    private final Path folder = Folders.temporary("bulkhead-control-plane-");
    private final KubernetesClient client;

    public static EmbeddedControlPlane start(ControlPlaneOptions options) {
        return new EmbeddedControlPlane(options);
    }

    private EmbeddedControlPlane(ControlPlaneOptions options) {
        workloads = options.workloads();
        credentials = new Credentials(options.tenants());
        server = new EmbeddedApiServer(options.workloads(), options.nodes());
        client = new KubernetesClientBuilder().withConfig(configuration()).build();
    }

    @Override
    public Set<Capability> capabilities() {
        return workloads ? Set.of(Capability.WORKLOADS, Capability.GARBAGE_COLLECTION) : Set.of();
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public Config configuration() {
        return configuration(Credentials.ADMINISTRATOR);
    }

    @Override
    public Config configuration(String tenant) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url())
                .withOauthToken(credentials.token(tenant))
                .withNamespace("default")
                .build();
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig(Credentials.ADMINISTRATOR);
    }

    @Override
    public Path kubeconfig(String tenant) {
        Path file = Folders.create(folder.resolve("kubeconfig")).resolve(tenant.replace(':', '_'));
        return Kubeconfig.write(file, tenant, configuration(tenant));
    }

    @Override
    public String description() {
        return "embedded control plane at " + server.url();
    }

    @Override
    public Optional<Path> keepLogs() {
        return Optional.empty();
    }

    @Override
    public void close() {
        client.close();
        server.close();
        Folders.delete(folder);
    }
}
