package dev.bulkhead.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    class Presentation extends PresentationContract {
        Presentation(KubernetesClient client) {
            super(client);
        }
    }

    @Nested
    class Workloads extends WorkloadsContract {

        private static final Duration LIMIT = Duration.ofMinutes(1);

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

        @Test
        void goOnThoughKwokCrashesWhileItStarts() {
            Set<Long> before = kwoks().map(ProcessHandle::pid).collect(Collectors.toSet());
            AtomicInteger crashed = new AtomicInteger();
            Thread crash = new Thread(() -> Await.until("a new kwok crashes", LIMIT, () -> {
                Optional<ProcessHandle> young =
                        kwoks().filter(kwok -> !before.contains(kwok.pid())).findAny();
                young.filter(ProcessHandle::destroyForcibly).ifPresent(kwok -> crashed.incrementAndGet());
                return crashed.get() > 0;
            }));
            crash.start();
            controlPlane.killApiServer();
            controlPlane.restartApiServer();
            assertEquals(1, crashed.get());
            client.resource(deployment("after", 2, Map.of())).create();
            awaitRunning(2);
        }

        /** Of this JVM, which shares its control plane. */
        private static Stream<ProcessHandle> kwoks() {
            return ProcessHandle.current()
                    .descendants()
                    .filter(process -> process.info()
                            .commandLine()
                            .filter(line -> line.contains("--manage-all-nodes"))
                            .isPresent());
        }
    }
}
