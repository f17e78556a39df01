package dev.bulkhead.app.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.rights.OperatorProcess;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.RealControlPlane;
import dev.bulkhead.testkit.chart.ChartAccount;
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
        ChartAccount.ofOperator(controlPlane).create();
        first = OperatorProcess.start(controlPlane, "bulkhead-0");
        scene.await("the first leads", () -> first.writes() && first.isReady());
        second = OperatorProcess.start(controlPlane, "bulkhead-1");
        scene.await("the second is ready", second::isReady);
        assertFalse(second.writes());
    }

    @AfterEach
    void clear() throws IOException {
        first.close();
        second.close();
        scene.client()
                .leases()
                .inNamespace(ChartAccount.NAMESPACE)
                .withName("bulkhead")
                .delete();
        scene.close();
    }

    @Test
    void f41_theOtherTakesOverFromALeaderThatIsKilled() {
        first.kill();
        scene.await("the second writes", second::writes);
        requireThatPoliciesAreWritten();
    }

    @Test
    void f40_aLeaderThatIsStoppedHandsOverAtOnceAndEndsWell() throws InterruptedException {
        first.stop();
        assertEquals(0, first.exitCode());
        scene.await("the second writes", second::writes);
        requireThatPoliciesAreWritten();
    }

    @Test
    void f38_aLeaderStepsDownWhenTheApiServerHangs() throws InterruptedException {
        controlPlane.pauseApiServer();
        try {
            assertEquals(1, first.exitCode());
            assertTrue(first.log().contains("the lead is lost"), first.log());
        } finally {
            controlPlane.resumeApiServer();
        }
        scene.await("the second writes", second::writes);
        requireThatPoliciesAreWritten();
    }

    private void requireThatPoliciesAreWritten() {
        String shop = scene.namespace("shop");
        scene.segment("town", List.of(shop), true);
        scene.awaitClosed(shop);
    }
}
