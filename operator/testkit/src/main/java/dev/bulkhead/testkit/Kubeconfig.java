package dev.bulkhead.testkit;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a client's configuration as a file that kubectl and the control plane's own servers read. */
final class Kubeconfig {

    private Kubeconfig() {}

    static Path write(Path file, String user, Config configuration) {
        String authority = configuration.getCaCertFile() == null
                ? ""
                : "    certificate-authority: \"%s\"\n".formatted(configuration.getCaCertFile());
        String text = """
                apiVersion: v1
                kind: Config
                clusters:
                - name: bulkhead
                  cluster:
                    server: "%s"
                %susers:
                - name: "%s"
                  user:
                    token: "%s"
                contexts:
                - name: bulkhead
                  context:
                    cluster: bulkhead
                    user: "%s"
                current-context: bulkhead
                """.formatted(configuration.getMasterUrl(), authority, user, configuration.getOauthToken(), user);
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
