package dev.bulkhead.testkit.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The chart as it lies in the repository, linted and rendered by the Helm engine. */
final class Chart {

    static final String RELEASE = "bulkhead";
    static final String NAMESPACE = "bulkhead-system";
    static final String STAMPING_SERVER = "1.36.3";
    static final String OLDER_SERVER = "1.35.4";

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private final Path root;

    private Chart(Path root) {
        this.root = root;
    }

    static Chart ofRepository() {
        return new Chart(repository().resolve("charts/bulkhead"));
    }

    static Path repository() {
        return Path.of(System.getProperty("bulkhead.root"));
    }

    Path root() {
        return root;
    }

    LintResult lint() {
        return new Helm(root).lint().strict().call();
    }

    String template(String kubeVersion, Map<String, ?> values) {
        return template(RELEASE, NAMESPACE, kubeVersion, values);
    }

    String template(String release, String namespace, String kubeVersion, Map<String, ?> values) {
        var command = new Helm(root)
                .template()
                .withName(release)
                .withNamespace(namespace)
                .withKubeVersion(kubeVersion);
        values.forEach(command::set);
        return command.call();
    }

    /** What Helm prints after an installation. */
    String notes(String kubeVersion, Map<String, ?> values) {
        var command = new Helm(root)
                .install()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(kubeVersion)
                .clientOnly()
                .dryRun();
        values.forEach(command::set);
        String output = command.call().getOutput();
        return output.substring(output.indexOf("NOTES:"));
    }

    List<HasMetadata> render(String kubeVersion, Map<String, ?> values) {
        return parse(template(kubeVersion, values));
    }

    /** The admission policies as plain files, with the chart's defaults: what is applied where there is no Helm. */
    List<HasMetadata> plainIdentityPolicies() {
        return objects("files/identity");
    }

    /** The custom resource definitions. */
    List<HasMetadata> definitions() {
        return objects("files/crds");
    }

    private List<HasMetadata> objects(String folder) {
        return files(root.resolve(folder)).values().stream()
                .flatMap(yaml -> parse(yaml).stream())
                .toList();
    }

    /** The contents of a folder's files by name. */
    static SortedMap<String, String> files(Path folder) {
        SortedMap<String, String> contents = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(file -> contents.put(file.getFileName().toString(), read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contents;
    }

    static List<HasMetadata> parse(String yaml) {
        Object parsed = SERIALIZATION.unmarshal(yaml);
        // One document yields the object, several a list of objects.
        return parsed instanceof List<?> objects
                ? objects.stream().map(HasMetadata.class::cast).toList()
                : List.of((HasMetadata) parsed);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
