package dev.bulkhead.testkit;

import dev.bulkhead.testkit.ControlPlane.Capability;
import io.fabric8.kubernetes.api.model.Binding;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;

/**
 * The chart's own admission policies, with its defaults: the operator they know is
 * {@code bulkhead-system/bulkhead}, the security team's group {@code bulkhead:security}.
 */
public final class InstalledIdentityPolicies {

    private static final List<String> FILES =
            List.of("stamp-service-account.yaml", "verify-service-account.yaml", "reserve-labels.yaml");
    private static final String STAMP = "bulkhead.dev/service-account";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private InstalledIdentityPolicies() {}

    /** Policies and bindings, in the order in which they are to be applied. */
    public static List<HasMetadata> objects(KubernetesClient client) {
        return FILES.stream().flatMap(file -> load(client, file).stream()).toList();
    }

    /**
     * Installs the policies and returns when they are heeded; an API server learns of them by watching, a moment after they
     * are written. Until then pods go unstamped.
     */
    public static void install(ControlPlane controlPlane) {
        KubernetesClient client = controlPlane.client();
        objects(client).forEach(object -> client.resource(object).serverSideApply());
        if (controlPlane.capabilities().contains(Capability.ADMISSION_POLICIES)) {
            Await.until("pods are stamped", LIMIT, () -> isStamped(client));
            Await.until("forged labels are refused", LIMIT, () -> isRefused(client, STAMP));
            Await.until("reserved labels are refused", LIMIT, () -> isRefused(client, "bulkhead.dev/quarantine"));
        }
    }

    private static boolean isStamped(KubernetesClient client) {
        Pod probe = new PodBuilder()
                .withNewMetadata()
                .withName("probe")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("none")
                .endContainer()
                .endSpec()
                .build();
        try {
            Pod admitted = client.pods()
                    .inNamespace("default")
                    .resource(probe)
                    .dryRun()
                    .create();
            return admitted.getMetadata().getLabels() != null
                    && admitted.getMetadata().getLabels().containsKey(STAMP);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            return false; // the policy that demands the stamp may be heeded before the one that sets it
        }
    }

    private static boolean isRefused(KubernetesClient client, String label) {
        // A Binding, since it is admitted before its pod is looked for, and there need be none.
        Binding probe = new BindingBuilder()
                .withNewMetadata()
                .withName("probe")
                .addToLabels(label, "probe")
                .endMetadata()
                .withNewTarget()
                .withKind("Node")
                .withName("none")
                .endTarget()
                .build();
        try {
            client.bindings().inNamespace("default").resource(probe).dryRun().create();
            return false;
        } catch (KubernetesClientException e) {
            return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
        }
    }

    private static List<HasMetadata> load(KubernetesClient client, String file) {
        try (InputStream yaml = InstalledIdentityPolicies.class.getResourceAsStream("identity/" + file)) {
            if (yaml == null) {
                throw new IllegalStateException("not on the class path: identity/" + file);
            }
            return client.load(yaml).items();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
