package dev.bulkhead.app.argocd;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Does to objects in Git what Argo CD does: applies them wave by wave, tracks them, and compares them with the cluster. */
final class ArgoCd {

    static final String INSTANCE = "app.kubernetes.io/instance";
    static final String TRACKING = "argocd.argoproj.io/tracking-id";

    private static final String WAVE = "argocd.argoproj.io/sync-wave";
    private static final String MANAGER = "argocd-controller";

    private final KubernetesClient client;
    private final String application;

    ArgoCd(KubernetesClient client, String application) {
        this.client = client;
        this.application = application;
    }

    /** What the folders and files hold, by wave. */
    static Map<Integer, List<HasMetadata>> waves(KubernetesClient client, List<Path> files) {
        Map<Integer, List<HasMetadata>> waves = new TreeMap<>();
        for (Path file : files) {
            try (InputStream yaml = Files.newInputStream(file)) {
                for (HasMetadata object : client.load(yaml).items()) {
                    String wave = annotations(object).getOrDefault(WAVE, "0");
                    waves.computeIfAbsent(Integer.valueOf(wave), number -> new ArrayList<>())
                            .add(object);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return waves;
    }

    /** Applies an object with the marks of both ways of tracking. */
    void apply(HasMetadata object) {
        client.resource(tracked(object)).patch(context(false));
    }

    HasMetadata live(HasMetadata object) {
        return client.resource(object).get();
    }

    /** Whether applying the object once more would change nothing: Argo CD's server-side diff. */
    boolean wouldChangeNothing(HasMetadata object) {
        HasMetadata predicted = client.resource(tracked(object)).patch(context(true));
        return Objects.equals(content(predicted), content(live(object)));
    }

    /** Whether the cluster has what Git says, lists compared as a whole: no diff of Argo CD is stricter. */
    boolean isInSync(HasMetadata object) {
        return holds(fields(object).get("spec"), fields(live(object)).get("spec"));
    }

    private static boolean holds(Object git, Object live) {
        if (git instanceof Map<?, ?> wanted) {
            return live instanceof Map<?, ?> has
                    && wanted.entrySet().stream().allMatch(field -> holds(field.getValue(), has.get(field.getKey())));
        }
        return Objects.equals(git, live);
    }

    private HasMetadata tracked(HasMetadata object) {
        HasMetadata tracked = Serialization.clone(object);
        String namespace = Objects.requireNonNullElse(object.getMetadata().getNamespace(), "");
        Map<String, String> annotations = new TreeMap<>(annotations(object));
        annotations.put(
                TRACKING,
                application + ":" + group(object) + "/" + object.getKind() + ":" + namespace + "/"
                        + object.getMetadata().getName());
        tracked.getMetadata().setAnnotations(annotations);
        Map<String, String> labels =
                new TreeMap<>(Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of()));
        labels.put(INSTANCE, application);
        tracked.getMetadata().setLabels(labels);
        return tracked;
    }

    private static String group(HasMetadata object) {
        String version = object.getApiVersion();
        return version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    }

    private static Map<String, String> annotations(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of());
    }

    private static PatchContext context(boolean dryRun) {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(MANAGER)
                .withForce(true)
                .withDryRun(dryRun ? List.of("All") : List.of())
                .build();
    }

    /** An object less its status and what the API server counts. */
    private static Map<?, ?> content(HasMetadata object) {
        HasMetadata content = Serialization.clone(object);
        content.getMetadata().setManagedFields(List.<ManagedFieldsEntry>of());
        content.getMetadata().setResourceVersion(null);
        Map<?, ?> fields = fields(content);
        fields.remove("status");
        return fields;
    }

    private static Map<?, ?> fields(HasMetadata object) {
        return Serialization.unmarshal(Serialization.asJson(object), Map.class);
    }
}
