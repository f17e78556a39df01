package dev.bulkhead.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@OnControlPlane(ControlPlaneKind.REAL)
class RealControlPlaneContractTest {

    @Nested
    class Objects extends ObjectsContract {
        Objects(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Patches extends PatchesContract {
        Patches(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Watches extends WatchesContract {
        Watches(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Workloads extends WorkloadsContract {

        private final RealControlPlane controlPlane;

        Workloads(RealControlPlane controlPlane) {
            super(controlPlane.client());
            this.controlPlane = controlPlane;
        }

        @Test
        void goOnAfterARestartOfTheApiServer() {
            client.resource(deployment("web", 3, Map.of())).create();
            awaitRunning(3);
            controlPlane.killApiServer();
            controlPlane.restartApiServer();
            scale("web", 6);
            awaitRunning(6);
            assertEquals(
                    6,
                    running().stream()
                            .map(pod -> pod.getStatus().getPodIP())
                            .distinct()
                            .count());
        }
    }
}
