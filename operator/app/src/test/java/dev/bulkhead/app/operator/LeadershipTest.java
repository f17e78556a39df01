package dev.bulkhead.app.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.RealControlPlane;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas, as processes of their own. */
@OnControlPlane(value = ControlPlaneKind.REAL, workloads = false)
class LeadershipTest {

    private final RealControlPlane controlPlane;
    private final Scene scene;
    private OperatorProcess first;
    private OperatorProcess second;

    LeadershipTest(RealControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        this.scene = new Scene(controlPlane);
    }

    @BeforeEach
    void startBoth() throws IOException {
        scene.installDefinitions();
        String namespace = scene.namespace("bulkhead-system");
        first = OperatorProcess.start(controlPlane, namespace);
        scene.await("the first leads", () -> first.says("writes") && first.isReady());
        second = OperatorProcess.start(controlPlane, namespace);
        scene.await("the second is ready", second::isReady);
        assertFalse(second.says("writes"));
    }

    @AfterEach
    void clear() {
        first.kill();
        second.kill();
        scene.close();
    }

    @Test
    void theOtherTakesOverFromALeaderThatIsKilled() {
        first.kill();
        scene.await("the second writes", () -> second.says("writes"));
        requireThatPoliciesAreWritten();
    }

    @Test
    void aLeaderThatIsStoppedHandsOverAtOnceAndEndsWell() throws InterruptedException {
        first.stop();
        assertEquals(0, first.exitCode());
        scene.await("the second writes", () -> second.says("writes"));
        requireThatPoliciesAreWritten();
    }

    @Test
    void aLeaderStepsDownWhenTheApiServerHangs() throws InterruptedException {
        controlPlane.pauseApiServer();
        try {
            assertEquals(1, first.exitCode());
            assertTrue(first.says("the lead is lost"), first.log());
        } finally {
            controlPlane.resumeApiServer();
        }
        scene.await("the second writes", () -> second.says("writes"));
        requireThatPoliciesAreWritten();
    }

    private void requireThatPoliciesAreWritten() {
        String shop = scene.namespace("shop");
        scene.segment("town", List.of(shop), true);
        scene.awaitClosed(shop);
    }
}
