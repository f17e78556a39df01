package dev.bulkhead.app.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.app.Pages;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial as it is written, on a real control plane. */
@OnControlPlane(ControlPlaneKind.REAL)
class TutorialTest {

    @Test
    @EnabledIf(value = "dev.bulkhead.app.docs.Walkthrough#isPossible", disabledReason = "kubectl is not on the PATH")
    void everyStepShowsWhatThePageShows(ControlPlane controlPlane, @TempDir Path folder) throws Exception {
        try (Walkthrough walkthrough = new Walkthrough(controlPlane, folder)) {
            walkthrough.follow(Pages.TUTORIAL);
        }
    }

    @Test
    void thePageShowsTheDeclarationsThatItsCommandsApply() throws IOException {
        List<String> shown = Pages.blocks(Pages.TUTORIAL, "yaml");
        try (Stream<Path> files = Files.list(Pages.ROOT.resolve("examples/tutorial"))) {
            List<String> declared = files.filter(file -> !file.endsWith("workloads.yaml"))
                    .map(Pages::text)
                    .toList();
            assertEquals(
                    declared.stream().sorted().toList(), shown.stream().sorted().toList());
        }
    }
}
