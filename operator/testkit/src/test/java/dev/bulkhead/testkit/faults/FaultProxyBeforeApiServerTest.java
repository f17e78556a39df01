package dev.bulkhead.testkit.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.Await;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.RealControlPlane;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An informer of the client that the operator uses, behind the proxy. */
@OnControlPlane(value = ControlPlaneKind.REAL, workloads = false)
class FaultProxyBeforeApiServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Match WATCHES = Match.watches().of("configmaps");

    @Test
    void anInformerSeesEverythingThoughItsWatchIsCutAndExpires(RealControlPlane controlPlane) {
        try (FaultProxy proxy = FaultProxy.before(controlPlane.configuration());
                KubernetesClient client = new KubernetesClientBuilder()
                        .withConfig(proxy.configuration(controlPlane.configuration()))
                        .build();
                SharedIndexInformer<ConfigMap> informer =
                        client.configMaps().inNamespace("default").inform()) {
            create(controlPlane, "before");
            awaitSeen(informer, Set.of("before"));

            awaitOpen(proxy);
            proxy.cutWatches(WATCHES);
            create(controlPlane, "after-the-cut");
            awaitSeen(informer, Set.of("before", "after-the-cut"));
            long lists = lists(proxy);

            awaitOpen(proxy);
            proxy.expireWatches(WATCHES);
            create(controlPlane, "after-the-end");
            awaitSeen(informer, Set.of("before", "after-the-cut", "after-the-end"));
            assertTrue(lists(proxy) > lists, "it lists anew after 410");
            // A list may have shown it, and the request of the next watch be on its way without an answer yet.
            awaitOpen(proxy);
            assertEquals(
                    Set.of(101),
                    proxy.calls(WATCHES).map(Call::code).collect(Collectors.toSet()),
                    "it watches by WebSocket");
        }
    }

    private static void create(RealControlPlane controlPlane, String name) {
        controlPlane
                .client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    private static void awaitOpen(FaultProxy proxy) {
        Await.until("the watch is open", PATIENCE, () -> proxy.openWatches(WATCHES) == 1);
    }

    private static void awaitSeen(SharedIndexInformer<ConfigMap> informer, Set<String> names) {
        Await.until(
                "the informer has seen " + names,
                PATIENCE,
                () -> informer.getStore().list().stream()
                        .map(object -> object.getMetadata().getName())
                        .collect(Collectors.toSet())
                        .containsAll(names));
    }

    private static long lists(FaultProxy proxy) {
        return proxy.calls(Match.verbs("list").of("configmaps")).count();
    }
}
