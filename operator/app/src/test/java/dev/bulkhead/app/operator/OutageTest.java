package dev.bulkhead.app.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.RealControlPlane;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnControlPlane(ControlPlaneKind.REAL)
class OutageTest {

    private final RealControlPlane controlPlane;
    private final Scene scene;

    OutageTest(RealControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        this.scene = new Scene(controlPlane);
    }

    @BeforeEach
    void start() {
        scene.installDefinitions();
        scene.startOperator();
    }

    @AfterEach
    void clear() {
        scene.close();
    }

    @Test
    void anOperatorGoesOnWhenTheApiServerComesBackAfterTwentySeconds() throws InterruptedException {
        String shop = scene.namespace("shop");
        scene.segment("town", List.of(shop), true);
        scene.deployment(shop, "checkout", 1);
        scene.deployment(shop, "catalogue", 1);
        // The baseline is written twice where a pod is there first, and a write is counted when it is acknowledged.
        scene.awaitClosed(shop);
        scene.await(
                "all is written",
                () -> scene.policies(shop).size() == 2
                        && scene.operator().counters().policyWrites()
                                == scene.policies(shop).stream()
                                        .mapToLong(
                                                policy -> policy.getMetadata().getGeneration())
                                        .sum());
        long writes = scene.operator().counters().policyWrites();

        controlPlane.killApiServer();
        scene.await(
                "it says what it does not see",
                () -> !scene.operator().unready().isEmpty());
        TimeUnit.SECONDS.sleep(20);
        assertEquals(List.of(), scene.operator().stuck(), "an API server that is away is no reason to be started anew");
        controlPlane.restartApiServer();

        scene.await(
                "everything is watched again", () -> scene.operator().unready().isEmpty());
        scene.outbound(shop, "checkout", "checkout", shop, "catalogue", 8080);
        scene.awaitRuleState(shop, "checkout", "Open");
        assertEquals(writes + 2, scene.operator().counters().policyWrites(), "one policy for each half");
    }
}
