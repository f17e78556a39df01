package dev.bulkhead.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * What one tenant with 10,000 intents costs another. All of those intents speak of the other's namespace, so that each
 * makes the operator look at it.
 */
@OnControlPlane(
        value = ControlPlaneKind.REAL,
        tenants = {"shop", "pay"})
@TestInstance(Lifecycle.PER_CLASS)
class FloodTest {

    private static final int INTENTS = 10_000;
    private static final int DECLARATIONS = 15;
    /** Who had to wait until all of them are dealt with would see 10,000 of them created, or their statuses written. */
    private static final long MOST_BEFORE = INTENTS / 10;

    private static final long BYTES_PER_INTENT = 32 * 1024;

    private final ControlPlane controlPlane;
    private final Cluster cluster;

    FloodTest(ControlPlane controlPlane) {
        this.controlPlane = controlPlane;
        this.cluster = new Cluster(controlPlane);
    }

    /** Whatever shop declares is looked at for pay, which admits one of its workloads, and held against a limit. */
    @BeforeAll
    void start() {
        cluster.installDefinitions();
        for (String tenant : List.of("shop", "pay")) {
            cluster.namespace(tenant);
            cluster.segment(tenant, List.of(tenant), true, true, "Namespace");
            mayDeclare(tenant);
        }
        cluster.guardrail(
                "no-internet",
                Map.of(
                        "description",
                        "Nobody calls the Internet.",
                        "deny",
                        List.of(Map.of("to", Map.of("wellKnown", List.of("Internet"))))));
        cluster.asks("inbound", "pay", "payments", "shop", "checkout");
        cluster.startOperator();
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    /** Counts instead of measuring time, which would tell how busy the machine is. */
    @Test
    void f63_anotherTenantIsServedBetweenThemAndMemoryStaysBounded() {
        try (WaitingTenant tenant = new WaitingTenant(controlPlane, "pay", "shop");
                Flood flood = new Flood(controlPlane, "shop")) {
            tenant.declare(DECLARATIONS, () -> true);
            long heap = heap();
            CompletableFuture<Void> flooding = flood.create(INTENTS, "shop", "pay");
            List<Long> meanwhile = tenant.declare(Integer.MAX_VALUE, () -> !flooding.isDone());
            flooding.join();
            assertTrue(tenant.seen() < 2 * INTENTS, "the operator was done with them before it could be asked");
            List<Long> afterwards = tenant.declare(DECLARATIONS, () -> true);
            long grown = heap() - heap;
            assertServedBetween("while they are created", meanwhile);
            assertServedBetween("while their statuses are written", afterwards);
            assertTrue(grown < INTENTS * BYTES_PER_INTENT, () -> grown / INTENTS + " bytes for each intent");
        }
    }

    private static void assertServedBetween(String when, List<Long> waits) {
        long median = waits.stream().sorted().skip(waits.size() / 2).findFirst().orElseThrow();
        assertTrue(median <= MOST_BEFORE, () -> "waits for " + median + " events of the other team " + when);
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void mayDeclare(String tenant) {
        cluster.client()
                .resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName("declares-" + tenant)
                        .endMetadata()
                        .addNewRule()
                        .withApiGroups("bulkhead.dev")
                        .withResources("accessintents")
                        .withVerbs("create", "delete")
                        .endRule()
                        .build())
                .create();
        cluster.client()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(tenant)
                        .withName("declares")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "declares-" + tenant)
                        .addNewSubject("rbac.authorization.k8s.io", "User", tenant, null)
                        .build())
                .create();
    }
}
