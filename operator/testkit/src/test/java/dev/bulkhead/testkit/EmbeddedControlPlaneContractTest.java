package dev.bulkhead.testkit;

import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.Nested;

@OnControlPlane(ControlPlaneKind.EMBEDDED)
class EmbeddedControlPlaneContractTest {

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
    class Presentation extends PresentationContract {
        Presentation(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Workloads extends WorkloadsContract {
        Workloads(KubernetesClient client) {
            super(client);
        }
    }
}
