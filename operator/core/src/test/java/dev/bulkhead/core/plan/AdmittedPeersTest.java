package dev.bulkhead.core.plan;

import static dev.bulkhead.core.plan.Policies.EVERYTHING;
import static dev.bulkhead.core.plan.Policies.HTTP;
import static dev.bulkhead.core.plan.Policies.WEB;
import static dev.bulkhead.core.plan.Policies.anybody;
import static dev.bulkhead.core.plan.Policies.app;
import static dev.bulkhead.core.plan.Policies.baseline;
import static dev.bulkhead.core.plan.Policies.byOthers;
import static dev.bulkhead.core.plan.Policies.egress;
import static dev.bulkhead.core.plan.Policies.in;
import static dev.bulkhead.core.plan.Policies.ingress;
import static dev.bulkhead.core.plan.Policies.rule;
import static dev.bulkhead.core.plan.Policies.web;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmittedPeersTest {

    private static final NetworkPolicy CLOSED = baseline("shop/bulkhead-baseline", Direction.INGRESS, Direction.EGRESS);

    @Test
    void whereAllPodsAreIsolatedNobodyIsAdmittedButThePeersOfRules() {
        NetworkPolicy fromPay = web("a", rule(HTTP, in("pay", app("x"))));

        assertAdmitted(Direction.INGRESS, List.of(CLOSED));
        assertAdmitted(Direction.INGRESS, List.of(CLOSED, fromPay), "pay");
        assertAdmitted(Direction.EGRESS, List.of(CLOSED, fromPay));
        assertAdmitted(
                Direction.EGRESS,
                List.of(CLOSED, egress("shop/b", app("web"), rule(HTTP, in("pay", app("x"))))),
                "pay");
    }

    @Test
    void whereSomePodsMayBeOpenAnybodyIs() {
        assertAdmitted(Direction.INGRESS, List.of(), "hr", "pay", "shop");
        assertAdmitted(Direction.INGRESS, List.of(ingress("shop/a", app("web"))), "hr", "pay", "shop");
        assertAdmitted(
                Direction.INGRESS, List.of(baseline("shop/bulkhead-baseline", Direction.EGRESS)), "hr", "pay", "shop");
        assertAdmitted(
                Direction.INGRESS, List.of(baseline("pay/bulkhead-baseline", Direction.INGRESS)), "hr", "pay", "shop");
    }

    @Test
    void aRuleForAnybodyAdmitsAnybody() {
        assertAdmitted(Direction.INGRESS, List.of(CLOSED, web("a", anybody(HTTP))), "hr", "pay", "shop");
    }

    @Test
    void policiesByOthersCountAndMayNameNamespacesByAnyLabel() {
        PolicyPeer team = new PolicyPeer.Pods(Optional.of(LabelSelector.label("team", "pay")), EVERYTHING);

        assertAdmitted(Direction.INGRESS, List.of(CLOSED, byOthers(web("a", rule(HTTP, team)))), "pay");
        assertAdmitted(Direction.INGRESS, List.of(CLOSED, byOthers(web("a", WEB))), "shop");
    }

    @Test
    void whatIsNotUnderstoodMayAdmitAnybody() {
        assertEquals(
                true,
                AdmittedPeers.unknown("shop")
                        .admits(Direction.INGRESS, NewConnectionsTest.other("pay"), ClusterFacts.unknown(true)));
    }

    private static void assertAdmitted(Direction direction, List<NetworkPolicy> live, String... namespaces) {
        AdmittedPeers admission = AdmittedPeers.of("shop", live);
        assertEquals(
                List.of(namespaces),
                List.of("hr", "pay", "shop").stream()
                        .filter(name ->
                                admission.admits(direction, NewConnectionsTest.other(name), ClusterFacts.unknown(true)))
                        .toList());
    }
}
