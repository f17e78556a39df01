package dev.bulkhead.core.plan;

import static dev.bulkhead.core.plan.Policies.DB;
import static dev.bulkhead.core.plan.Policies.EVERYTHING;
import static dev.bulkhead.core.plan.Policies.HTTP;
import static dev.bulkhead.core.plan.Policies.HTTPS;
import static dev.bulkhead.core.plan.Policies.WEB;
import static dev.bulkhead.core.plan.Policies.anybody;
import static dev.bulkhead.core.plan.Policies.app;
import static dev.bulkhead.core.plan.Policies.baseline;
import static dev.bulkhead.core.plan.Policies.cart;
import static dev.bulkhead.core.plan.Policies.egress;
import static dev.bulkhead.core.plan.Policies.everyPod;
import static dev.bulkhead.core.plan.Policies.in;
import static dev.bulkhead.core.plan.Policies.ingress;
import static dev.bulkhead.core.plan.Policies.namespace;
import static dev.bulkhead.core.plan.Policies.open;
import static dev.bulkhead.core.plan.Policies.range;
import static dev.bulkhead.core.plan.Policies.rule;
import static dev.bulkhead.core.plan.Policies.web;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewConnectionsTest {

    private static final NetworkPolicy CLOSED = baseline("shop/bulkhead-baseline", Direction.INGRESS, Direction.EGRESS);
    private static final NetworkPolicy INGRESS = baseline("shop/bulkhead-baseline", Direction.INGRESS);
    private static final ClusterFacts FACTS = new ClusterFacts(
            true,
            ImmutableSortedSet.of(Cidr.parse("10.244.0.0/16"), Cidr.parse("172.18.0.0/16")),
            ImmutableSortedSet.of(IpAddress.parse("172.18.0.2")),
            ImmutableSortedSet.of(),
            ImmutableSortedSet.of());

    @Test
    void aNewPeerIsReachedAndNobodyElse() {
        NewConnections growth = growth(
                List.of(CLOSED, web("a", rule(HTTP, in("pay", app("x"))))),
                List.of(CLOSED, web("a", rule(HTTP, in("pay", app("x")), in("hr", app("x"))))));

        assertReached(growth, Direction.INGRESS, "hr");
        assertReached(growth, Direction.EGRESS);
    }

    @Test
    void morePortsForTheSamePeerAreGrowth() {
        List<NetworkPolicy> before = List.of(CLOSED, web("a", rule(HTTP, in("pay", app("x")))));

        assertReached(
                growth(before, List.of(CLOSED, web("a", rule(HTTP.union(HTTPS), in("pay", app("x")))))),
                Direction.INGRESS,
                "pay");
    }

    @Test
    void whatGoesOrStaysIsNoGrowth() {
        NetworkPolicy toPay = egress("shop/b", app("web"), rule(HTTP, in("pay", app("x"))));

        assertEquals(
                NewConnections.none("shop"), growth(List.of(CLOSED, toPay, web("a", WEB)), List.of(CLOSED, toPay)));
        assertEquals(NewConnections.none("shop"), growth(List.of(CLOSED, toPay), List.of(CLOSED, toPay)));
    }

    @Test
    void whatAnotherPolicyAllowedTheSamePodsIsNotNew() {
        PolicyPeer anyPay = in("pay", EVERYTHING);
        NetworkPolicy wide = ingress("shop/wide", EVERYTHING, rule(HTTP, anyPay));

        assertEquals(
                NewConnections.none("shop"),
                growth(List.of(CLOSED, wide), List.of(CLOSED, web("a", rule(HTTP, in("pay", app("x")))))));
        // Of other pods it is.
        assertReached(
                growth(
                        List.of(CLOSED, cart("wide", rule(HTTP, anyPay))),
                        List.of(CLOSED, web("a", rule(HTTP, in("pay", app("x")))))),
                Direction.INGRESS,
                "pay");
    }

    @Test
    void comingToBeEnforcedIsNoGrowth() {
        assertEquals(
                NewConnections.none("shop"),
                growth(List.of(), List.of(CLOSED, web("a", rule(HTTP, in("pay", app("x")))), cart("b", WEB))));
        assertEquals(
                NewConnections.none("shop"), growth(List.of(), List.of(open(INGRESS, EVERYTHING, Direction.INGRESS))));
        assertEquals(NewConnections.none("shop"), growth(List.of(web("a", WEB)), List.of(web("a", WEB), CLOSED)));
    }

    @Test
    void podsThatSomebodyElseIsolatesAlreadyMayGainByIt() {
        NetworkPolicy theirs = Policies.byOthers(ingress("shop/theirs", app("web")));

        assertReached(
                growth(List.of(theirs), List.of(theirs, INGRESS, web("a", rule(HTTP, in("pay", app("x")))))),
                Direction.INGRESS,
                "pay");
        assertEquals(
                NewConnections.none("shop"),
                growth(List.of(theirs), List.of(theirs, INGRESS, cart("a", rule(HTTP, in("pay", app("x")))))));
    }

    @Test
    void aDirectionThatIsReleasedReachesEverybody() {
        NewConnections growth = growth(List.of(CLOSED), List.of(INGRESS));

        assertReached(growth, Direction.EGRESS, "hr", "pay", "shop");
        assertReached(growth, Direction.INGRESS);
        assertReached(growth(List.of(INGRESS), List.of()), Direction.INGRESS, "hr", "pay", "shop");
        // As when a bridge goes that stood open.
        assertEquals(
                NewConnections.none("shop"), growth(List.of(open(INGRESS, EVERYTHING, Direction.INGRESS)), List.of()));
    }

    @Test
    void aSwitchOfDirectionsIsGrowthInTheOneThatIsReleased() {
        NewConnections growth = growth(List.of(INGRESS), List.of(baseline("shop/bulkhead-baseline", Direction.EGRESS)));

        assertReached(growth, Direction.INGRESS, "hr", "pay", "shop");
        assertReached(growth, Direction.EGRESS);
    }

    @Test
    void aRuleForAnybodyReachesEverybody() {
        assertReached(
                growth(List.of(CLOSED), List.of(CLOSED, web("a", anybody(HTTP)))),
                Direction.INGRESS,
                "hr",
                "pay",
                "shop");
    }

    @Test
    void namespacesAreMatchedByAllTheirLabels() {
        PolicyPeer team = new PolicyPeer.Pods(Optional.of(LabelSelector.label("team", "pay")), EVERYTHING);

        assertReached(growth(List.of(CLOSED), List.of(CLOSED, web("a", rule(HTTP, team)))), Direction.INGRESS, "pay");
        assertReached(
                growth(List.of(CLOSED), List.of(CLOSED, web("a", rule(HTTP, everyPod())))),
                Direction.INGRESS,
                "hr",
                "pay",
                "shop");
        assertReached(growth(List.of(CLOSED), List.of(CLOSED, web("a", DB))), Direction.INGRESS, "shop");
    }

    @Test
    void addressesReachPodsOnlyWhereTheyMayHaveThem() {
        List<NetworkPolicy> before = List.of(CLOSED);

        assertReached(growth(before, List.of(CLOSED, to("203.0.113.0/24"))), Direction.EGRESS);
        assertReached(growth(before, List.of(CLOSED, to("172.18.0.2/32"))), Direction.EGRESS);
        assertReached(growth(before, List.of(CLOSED, to("172.18.0.0/24"))), Direction.EGRESS, "hr", "pay", "shop");
        assertReached(growth(before, List.of(CLOSED, to("0.0.0.0/0"))), Direction.EGRESS, "hr", "pay", "shop");
        assertEquals(
                true,
                growth(before, List.of(CLOSED, to("203.0.113.0/24")))
                        .reaches(Direction.EGRESS, other("pay"), ClusterFacts.unknown(true)));
    }

    @Test
    void ofARangeThatWasAllowedAPartIsNotNew() {
        NetworkPolicy wide = to("203.0.112.0/23", "203.0.112.0/30");

        assertEquals(NewConnections.none("shop"), growth(List.of(CLOSED, wide), List.of(CLOSED, to("203.0.113.0/24"))));
        assertEquals(
                false,
                growth(List.of(CLOSED, wide), List.of(CLOSED, to("203.0.112.0/24")))
                        .isEmpty());
    }

    @Test
    void policiesOfOtherNamespacesAreNoneOfItsBusiness() {
        assertEquals(
                NewConnections.none("shop"),
                growth(List.of(CLOSED), List.of(CLOSED, ingress("pay/a", app("x"), anybody(HTTP)))));
    }

    private static NetworkPolicy to(String cidr, String... except) {
        return egress("shop/out", app("web"), rule(HTTPS, range(cidr, except)));
    }

    private static NewConnections growth(List<NetworkPolicy> before, List<NetworkPolicy> after) {
        return NewConnections.of("shop", before, after);
    }

    private static void assertReached(NewConnections growth, Direction direction, String... namespaces) {
        assertEquals(
                List.of(namespaces),
                List.of("hr", "pay", "shop").stream()
                        .filter(name -> growth.reaches(direction, other(name), FACTS))
                        .toList());
    }

    static Namespace other(String name) {
        Namespace plain = namespace(name);
        return new Namespace(
                name,
                ImmutableSortedMap.of(Namespace.NAME_LABEL, name, "team", name),
                false,
                plain.services(),
                plain.workloads(),
                plain.pods());
    }
}
