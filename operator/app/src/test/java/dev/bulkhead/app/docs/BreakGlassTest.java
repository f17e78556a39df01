package dev.bulkhead.app.docs;

import dev.bulkhead.app.Pages;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What opens in a hurry, opened on a real control plane where the shop of the tutorial is enforced. */
@OnControlPlane(ControlPlaneKind.REAL)
class BreakGlassTest {

    private static final List<String> SCENE = List.of(
            "helm install bulkhead charts/bulkhead --namespace bulkhead-system --create-namespace",
            "kubectl apply -f examples/tutorial/workloads.yaml",
            "kubectl apply -f examples/tutorial/web-intents.yaml -f examples/tutorial/shop-intents.yaml"
                    + " -f examples/tutorial/pay-intents.yaml",
            "kubectl apply -f examples/tutorial/enforce.yaml");

    @Test
    @EnabledIf(value = "dev.bulkhead.app.docs.Walkthrough#isPossible", disabledReason = "kubectl is not on the PATH")
    void everyStepOpensWhatThePageSaysAndLeadsBack(ControlPlane controlPlane, @TempDir Path folder) throws Exception {
        try (Walkthrough walkthrough = new Walkthrough(controlPlane, folder)) {
            for (String command : SCENE) {
                walkthrough.change(command);
            }
            walkthrough.follow(Pages.BREAK_GLASS);
        }
    }
}
