package dev.bulkhead.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.Test;

@OnControlPlane(value = ControlPlaneKind.REAL, workloads = false, tenants = "team")
class RealControlPlaneTest {

    private final RealControlPlane controlPlane;

    RealControlPlaneTest(RealControlPlane controlPlane) {
        this.controlPlane = controlPlane;
    }

    @Test
    void aRestartedApiServerHasItsDataAndItsPort() {
        ConfigMap written = controlPlane.client().resource(configMap("kept")).create();
        controlPlane.killApiServer();
        try (KubernetesClient client = impatientClient()) {
            assertThrows(
                    KubernetesClientException.class, () -> client.configMaps().list());
            controlPlane.restartApiServer();
            assertEquals(written, client.resource(written).get());
        }
    }

    @Test
    void aPausedApiServerAnswersWhenItIsResumed() {
        try (KubernetesClient client = impatientClient()) {
            controlPlane.pauseApiServer();
            try {
                assertThrows(
                        KubernetesClientException.class,
                        () -> client.configMaps().list());
            } finally {
                controlPlane.resumeApiServer();
            }
        }
        assertEquals("ok", controlPlane.client().raw("/readyz"));
    }

    @Test
    void podsAreStoredWithoutControllersToo() {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("one")
                .withNamespace("default")
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName("any")
                .addNewContainer()
                .withName("main")
                .withImage("example")
                .endContainer()
                .endSpec()
                .build();
        assertEquals(
                "any", controlPlane.client().resource(pod).create().getSpec().getServiceAccountName());
    }

    @Test
    void tenantsMayDoWhatTheyWereGrantedAndNothingElse() {
        try (KubernetesClient tenant = controlPlane.client("team")) {
            KubernetesClientException refused = assertThrows(
                    KubernetesClientException.class,
                    () -> tenant.resource(configMap("refused")).create());
            assertEquals(403, refused.getCode());
            assertTrue(refused.getMessage().contains("\"team\""), refused.getMessage());
        }
    }

    @Test
    void anUnknownTenantIsNamed() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> controlPlane.configuration("nobody"));
        assertTrue(refused.getMessage().contains("nobody"), refused.getMessage());
    }

    private KubernetesClient impatientClient() {
        Config configuration = new ConfigBuilder(controlPlane.configuration())
                .withRequestTimeout(1000)
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(configuration).build();
    }

    private static ConfigMap configMap(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .build();
    }
}
