package dev.bulkhead.app.connection;

import com.google.common.base.Splitter;
import dev.bulkhead.app.FailedException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which cluster a command connects to: the current context's of the usual kubeconfig unless said. */
public final class ConnectionOptions {

    /** Where the client library turns to if nothing says where. */
    private static final String NOWHERE = "//kubernetes.default.svc";

    private static final String IN_CLUSTER = "KUBERNETES_SERVICE_HOST";

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

    /** @throws FailedException where nothing can be reached by it */
    public Config connection() {
        List<Path> files = files();
        if (!files.isEmpty()) {
            Kubeconfigs.check(files, Optional.ofNullable(context));
        }
        Config config = config();
        if (files.isEmpty() && config.getMasterUrl().contains(NOWHERE) && System.getenv(IN_CLUSTER) == null) {
            throw new FailedException(
                    "there is no kubeconfig, neither by KUBECONFIG nor in ~/.kube/config; write --kubeconfig"
                            + " FILE");
        }
        return new ConfigBuilder(config).withUserAgent("bulkhead").build();
    }

    private Config config() {
        try {
            return kubeconfig == null
                    ? Config.autoConfigure(context)
                    : Config.fromKubeconfig(context, kubeconfig.toFile());
        } catch (RuntimeException e) {
            // What it says is of the library and its files, and for nobody else.
            throw new FailedException(
                    "the kubeconfig cannot be used; 'kubectl config view' shows what kubectl makes of it");
        }
    }

    /** As the client library looks for them; none where there are none. */
    private List<Path> files() {
        if (kubeconfig != null) {
            return List.of(kubeconfig);
        }
        String named = Optional.ofNullable(System.getProperty("kubeconfig"))
                .or(() -> Optional.ofNullable(System.getenv("KUBECONFIG")))
                .filter(paths -> !paths.isEmpty())
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".kube", "config")
                        .toString());
        return Splitter.on(File.pathSeparatorChar)
                .omitEmptyStrings()
                .splitToStream(named)
                .map(Path::of)
                .filter(Files::exists)
                .toList();
    }
}
