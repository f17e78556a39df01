package dev.bulkhead.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A cluster without the admission policies that vouch for service accounts. */
@OnControlPlane(value = ControlPlaneKind.REAL, workloads = false)
class NobodyVouchesTest {

    @Test
    void rulesThatRestOnServiceAccountsAreUnresolvedWithTheRemedyAndWriteNothing(ControlPlane controlPlane) {
        try (Cluster cluster = new Cluster(controlPlane)) {
            cluster.installDefinitions();
            cluster.namespace("shop");
            cluster.namespace("pay");
            cluster.asks("outbound", "shop", "checkout", "pay", "payments");
            cluster.asks("inbound", "pay", "payments", "shop", "checkout");
            cluster.segment("town", List.of("shop", "pay"), true, true, "Namespace");
            cluster.startOperator();
            cluster.awaitRuleState("shop", "checkout-outbound-payments", "Unresolved");
            cluster.awaitRuleState("pay", "payments-inbound-checkout", "Unresolved");
            String told =
                    cluster.ruleStates("shop", "checkout-outbound-payments").get(0);
            assertTrue(
                    told.contains("identity.enabled")
                            && told.contains("no Deployment, StatefulSet or DaemonSet runs under it"),
                    told);
            Observation found = Observation.converged(cluster.client(), "without identity", Cluster.PATIENCE);
            assertEquals(
                    Set.of("baseline", "carve-out"),
                    found.managed().values().stream()
                            .map(policy -> policy.labels().get(Marker.ROLE))
                            .collect(Collectors.toSet()));
        }
    }
}
