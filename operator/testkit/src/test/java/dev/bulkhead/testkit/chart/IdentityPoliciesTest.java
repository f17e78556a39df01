package dev.bulkhead.testkit.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.InstalledIdentityPolicies;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The chart's policies, installed without Helm, on the control planes that the demo may run on. */
class IdentityPoliciesTest {

    @Nested
    @OnControlPlane(ControlPlaneKind.REAL)
    class OnARealControlPlane {

        @Test
        void podsAreStampedFromThenOn(ControlPlane controlPlane) {
            assertPodsAreStampedOnceInstalled(controlPlane);
        }
    }

    @Nested
    @OnControlPlane(ControlPlaneKind.EMBEDDED)
    class OnAnEmbeddedControlPlane {

        @Test
        void podsAreStampedFromThenOn(ControlPlane controlPlane) {
            assertPodsAreStampedOnceInstalled(controlPlane);
        }
    }

    private static void assertPodsAreStampedOnceInstalled(ControlPlane controlPlane) {
        InstalledIdentityPolicies.install(controlPlane);
        InstalledIdentityPolicies.install(controlPlane);

        Pod pod = controlPlane
                .client()
                .pods()
                .inNamespace("default")
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("first")
                        .addToLabels("bulkhead.dev/service-account", "forged")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("main")
                        .withImage("none")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();

        assertEquals("default", pod.getMetadata().getLabels().get("bulkhead.dev/service-account"));
    }
}
