package dev.bulkhead.app.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A definition that goes with all objects of its kind. For ten minutes after it is back nothing is withdrawn, so nobody
 * shares the control plane.
 */
@OnControlPlane(value = ControlPlaneKind.REAL, workloads = false)
class LostDefinitionTest {

    private static final String SHOP = "shop";

    @RegisterExtension
    final QuietLibraries libraries = new QuietLibraries();

    private final FaultyTown town;

    LostDefinitionTest(ControlPlane controlPlane) {
        FaultyTown.prepare(controlPlane);
        town = new FaultyTown(controlPlane);
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void addressesThatThePlatformExcludesStayExcludedWhenTheDefinitionGoes() {
        town.namespace(SHOP);
        town.webReaches(SHOP, "api");
        town.startOperator();
        town.enrol(SHOP, SHOP);
        Map<String, Object> bounds = Map.of("internet", Map.of("except", List.of("198.51.100.0/24")));
        town.apply("WellKnownPeers", null, "cluster", bounds);
        askFor("internet", "Internet");
        town.await(
                "the internet is open, but for what is excluded",
                () -> town.policies(SHOP).toString().contains("198.51.100.0/24"));
        town.awaitConverged();

        town.judged(
                () -> {
                    town.removeDefinition("wellknownpeers");
                    town.webReaches(SHOP, "api", "db");
                },
                () -> {
                    town.awaitWebReaches(SHOP, "api", "db");
                    town.await(
                            "it is said that the kind is gone",
                            () -> town.operator().unready().contains("WellKnownPeers"));
                });
        town.judged(
                () -> {
                    FaultyTown.installDefinition(town.client(), "wellknownpeers");
                    // What withdraws nothing, since the objects are given ten minutes to follow their definition.
                    town.intent(SHOP, "db", Map.of("app", "db"), "outbound", "to", SHOP, List.of("api"));
                },
                () -> {
                    town.await("db reaches api", () -> town.allows(SHOP, "db", "api"));
                    town.await(
                            "everything is watched again",
                            () -> town.operator().unready().isEmpty());
                });
        town.judged(() -> town.apply("WellKnownPeers", null, "cluster", bounds), town::awaitConverged);
        assertTrue(town.policies(SHOP).toString().contains("198.51.100.0/24"));
    }

    private void askFor(String name, String wellKnown) {
        town.apply(
                "AccessIntent",
                SHOP,
                name,
                Map.of(
                        "workload",
                        Map.of("podSelector", Map.of("matchLabels", Map.of("app", "web"))),
                        "outbound",
                        List.of(Map.of("to", Map.of("wellKnown", wellKnown), "ports", List.of(Map.of("port", 8080))))));
    }
}
