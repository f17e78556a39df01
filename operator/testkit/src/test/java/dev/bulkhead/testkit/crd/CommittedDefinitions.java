package dev.bulkhead.testkit.crd;

import dev.bulkhead.testkit.Await;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The definitions under {@code crds/}, as an administrator installs them. */
public final class CommittedDefinitions {

    private static final Path FOLDER = Path.of(System.getProperty("bulkhead.root"), "crds");

    private CommittedDefinitions() {}

    /** Creates or replaces them, and waits until their kinds are served. */
    public static List<CustomResourceDefinition> install(KubernetesClient client) {
        try (var files = Files.list(FOLDER)) {
            List<CustomResourceDefinition> installed =
                    files.map(file -> install(client, file)).toList();
            Await.until("all kinds are served", Duration.ofSeconds(30), () -> served(client) >= installed.size());
            return installed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CustomResourceDefinition install(KubernetesClient client, Path file) {
        try (InputStream yaml = Files.newInputStream(file)) {
            var definitions = client.apiextensions().v1().customResourceDefinitions();
            var created = definitions.load(yaml).createOr(NonDeletingOperation::update);
            return definitions
                    .resource(created)
                    .waitUntilCondition(CommittedDefinitions::established, 30, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kinds are listed a moment after their definitions are established. */
    private static long served(KubernetesClient client) {
        APIResourceList resources = client.getApiResources("bulkhead.dev/v1alpha1");
        return resources == null
                ? 0
                : resources.getResources().stream()
                        .filter(resource -> !resource.getName().contains("/"))
                        .count();
    }

    private static boolean established(CustomResourceDefinition definition) {
        return Optional.ofNullable(definition)
                .map(CustomResourceDefinition::getStatus)
                .map(CustomResourceDefinitionStatus::getConditions)
                .stream()
                .flatMap(List::stream)
                .anyMatch(condition -> condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
    }
}
