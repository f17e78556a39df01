package dev.bulkhead.app.faults;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What went wrong once on a real control plane. */
@OnControlPlane(value = ControlPlaneKind.REAL, workloads = false)
class FoundByRunningTest {

    private static int number;

    private final FaultyTown town;
    private final String shop = "found-" + ++number;

    FoundByRunningTest(ControlPlane controlPlane) {
        town = new FaultyTown(controlPlane);
    }

    @BeforeAll
    static void prepare(ControlPlane controlPlane) {
        FaultyTown.prepare(controlPlane);
    }

    @BeforeEach
    void start() {
        town.namespace(shop);
        town.webReaches(shop, "api");
        town.startOperator();
        town.enrol(shop, shop);
        town.awaitWebReaches(shop, "api");
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void policiesThatLookLikeBaselinesHoldUpNothingAndGo() {
        for (String name : new String[] {"x", "y"}) {
            town.client()
                    .resource(new NetworkPolicyBuilder()
                            .withNewMetadata()
                            .withNamespace(shop)
                            .withName(name)
                            .addToLabels(
                                    Map.of("app.kubernetes.io/managed-by", "bulkhead", "bulkhead.dev/role", "baseline"))
                            .endMetadata()
                            .withNewSpec()
                            .withNewPodSelector()
                            .endPodSelector()
                            .withPolicyTypes("Ingress", "Egress")
                            .endSpec()
                            .build())
                    .create();
        }
        town.webReaches(shop, "db");
        town.awaitWebReaches(shop, "db");
        town.await(
                "the others are gone",
                () -> town.find(shop, "x").isEmpty() && town.find(shop, "y").isEmpty());
    }
}
