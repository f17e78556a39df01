package dev.bulkhead.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private static final int LAPS = 15;
    /** A machine that runs a whole control plane beside the test has its moments. */
    private static final Duration ALLOWANCE = Duration.ofMillis(250);

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

    @Test
    void theOthersTimeToPolicyAtMostDoublesAndMemoryStaysBounded() {
        try (Stopwatch victim = new Stopwatch(controlPlane, "pay");
                Flood flood = new Flood(controlPlane, "shop")) {
            victim.laps(LAPS, () -> true);
            List<Stopwatch.Lap> alone = victim.laps(LAPS, () -> true);
            List<Stopwatch.Lap> besideRequests = besideRequests(flood, victim);
            long heap = heap();
            CompletableFuture<Void> flooding = flood.create(INTENTS, "shop", "pay");
            List<Stopwatch.Lap> meanwhile = victim.laps(Integer.MAX_VALUE, () -> !flooding.isDone());
            flooding.join();
            List<Stopwatch.Lap> afterwards = victim.laps(LAPS, () -> true);
            long grown = heap() - heap;
            assertTrue(policiesOf("shop") < INTENTS, "the operator was done with them before it could be measured");
            assertAtMostDouble("while they are created", meanwhile, besideRequests);
            assertAtMostDouble("while the operator still writes", afterwards, alone);
            assertTrue(grown < INTENTS * BYTES_PER_INTENT, () -> grown / INTENTS + " bytes for each intent");
        }
    }

    /** With the same requests under way, of which the API server keeps nothing: what they cost, they cost without Bulkhead. */
    private static List<Stopwatch.Lap> besideRequests(Flood flood, Stopwatch victim) {
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> pretended = flood.pretend(enough, "shop", "pay");
        victim.laps(LAPS, () -> true);
        List<Stopwatch.Lap> laps = victim.laps(LAPS, () -> true);
        enough.set(true);
        pretended.join();
        return laps;
    }

    private static void assertAtMostDouble(String when, List<Stopwatch.Lap> now, List<Stopwatch.Lap> before) {
        assertAtMostDouble(
                "a policy " + when,
                Stopwatch.median(now, Stopwatch.Lap::policies),
                Stopwatch.median(before, Stopwatch.Lap::policies));
        assertAtMostDouble(
                "a status " + when,
                Stopwatch.median(now, Stopwatch.Lap::status),
                Stopwatch.median(before, Stopwatch.Lap::status));
    }

    private static void assertAtMostDouble(String what, Duration now, Duration before) {
        assertTrue(
                now.compareTo(before.multipliedBy(2).plus(ALLOWANCE)) <= 0,
                () -> what + " takes " + now.toMillis() + " ms, and " + before.toMillis() + " ms without them");
    }

    private int policiesOf(String namespace) {
        return cluster.client()
                .network()
                .v1()
                .networkPolicies()
                .inNamespace(namespace)
                .list()
                .getItems()
                .size();
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
