package dev.bulkhead.core.compile;

import static dev.bulkhead.core.compile.SmallTown.account;
import static dev.bulkhead.core.compile.SmallTown.deployment;
import static dev.bulkhead.core.compile.SmallTown.inbound;
import static dev.bulkhead.core.compile.SmallTown.outbound;
import static dev.bulkhead.core.compile.SmallTown.stamped;
import static dev.bulkhead.core.compile.SmallTown.unstamped;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesBetweenTest {

    private static final Endpoint.Pods CHECKOUT = Endpoint.Pods.of("shop", stamped("checkout"));
    private static final Endpoint.Pods PAYMENTS = Endpoint.Pods.of("pay", stamped("payments"));

    private static final SmallTown TOWN = new SmallTown()
            .with("shop", stamped("checkout"), stamped("catalogue"), unstamped("old"))
            .with("pay", stamped("payments"), stamped("ledger"))
            .with("web", stamped("storefront"))
            .declaring(
                    "shop",
                    "checkout",
                    account("checkout"),
                    outbound(0, "pay", account("payments")),
                    outbound(1, "pay", deployment("absent")),
                    outbound(2, new Peer.OfService("web", "absent")),
                    outbound(3, new Peer.OfNetwork(IpBlock.of(Cidr.parse("203.0.113.0/24"), List.of()))))
            .declaring("shop", "catalogue", account("catalogue"), outbound(0, "pay", account("payments")))
            .declaring("shop", "old", account("old"), outbound(0, "pay", account("payments")))
            .declaring("pay", "payments", account("payments"), inbound(0, "shop", account("checkout")));

    private static final RulesBetween RULES =
            new RulesBetween(TOWN.world(), TOWN.declarations(), TOWN.enrolment(), TOWN.compile());

    /** As {@code shop/checkout outbound[0] Open}. */
    private static List<String> rules(Direction direction, Endpoint.Pods self, Endpoint other) {
        return RULES.rules(direction, self, other).stream()
                .map(found -> found.intent() + " " + found.state().rule().place() + " "
                        + found.state().state().label())
                .toList();
    }

    private static Endpoint outside(String address) {
        return new Endpoint.Outside(IpAddress.parse(address));
    }

    @Test
    void theRulesThatMeanBothEndsAreFoundAndThoseThatMayMeanOneOfThem() {
        assertEquals(
                List.of("shop/checkout outbound[0] Open", "shop/checkout outbound[1] AwaitingPeer"),
                rules(Direction.EGRESS, CHECKOUT, PAYMENTS));
        assertEquals(List.of("pay/payments inbound[0] Open"), rules(Direction.INGRESS, PAYMENTS, CHECKOUT));
    }

    @Test
    void rulesForOtherPodsOfEitherNamespaceAreNotFound() {
        assertEquals(
                List.of("shop/catalogue outbound[0] AwaitingPeer"),
                rules(Direction.EGRESS, Endpoint.Pods.of("shop", stamped("catalogue")), PAYMENTS));
        assertEquals(
                List.of("shop/checkout outbound[1] AwaitingPeer"),
                rules(Direction.EGRESS, CHECKOUT, Endpoint.Pods.of("pay", stamped("ledger"))));
        assertEquals(List.of(), rules(Direction.INGRESS, PAYMENTS, Endpoint.Pods.of("shop", stamped("catalogue"))));
        assertEquals(List.of(), rules(Direction.INGRESS, PAYMENTS, Endpoint.Pods.of("web", stamped("checkout"))));
    }

    @Test
    void rulesOfTheOtherDirectionAreNotFound() {
        assertEquals(List.of(), rules(Direction.INGRESS, CHECKOUT, PAYMENTS));
        assertEquals(List.of(), rules(Direction.EGRESS, PAYMENTS, CHECKOUT));
    }

    @Test
    void aPeerThatIsNotKnownMayBeAnyPodsOfTheNamespaceItIsSaidToBeIn() {
        assertEquals(
                List.of("shop/checkout outbound[2] AwaitingPeer"),
                rules(Direction.EGRESS, CHECKOUT, Endpoint.Pods.of("web", stamped("storefront"))));
        assertEquals(List.of(), rules(Direction.EGRESS, CHECKOUT, Endpoint.Pods.of("shop", stamped("catalogue"))));
    }

    @Test
    void addressesAreMeantByTheirBlockAlone() {
        assertEquals(
                List.of("shop/checkout outbound[3] Open"), rules(Direction.EGRESS, CHECKOUT, outside("203.0.113.255")));
        assertEquals(List.of(), rules(Direction.EGRESS, CHECKOUT, outside("203.0.114.0")));
    }

    @Test
    void aRuleWhoseOwnWorkloadDoesNotResolveSpeaksForThePodsOfTheAccountItNames() {
        assertEquals(
                List.of("shop/old outbound[0] Unresolved"),
                rules(Direction.EGRESS, Endpoint.Pods.of("shop", unstamped("old")), PAYMENTS));
    }

    @Test
    void aWellKnownPeerThatIsNotFoundMayBeAnyPodsOfTheNamespacesItUsuallyLivesIn() {
        SmallTown town = new SmallTown()
                .with("web", stamped("storefront"))
                .with("ingress-nginx", stamped("controller"))
                .declaring(
                        "web",
                        "storefront",
                        account("storefront"),
                        new Rule(
                                Direction.INGRESS,
                                0,
                                new Peer.OfWellKnown(WellKnown.INGRESS_CONTROLLER),
                                Ports.port(Protocol.TCP, 443),
                                ""));
        RulesBetween rules = new RulesBetween(town.world(), town.declarations(), town.enrolment(), town.compile());
        Endpoint.Pods storefront = Endpoint.Pods.of("web", stamped("storefront"));
        assertEquals(
                List.of(RuleOutcome.State.UNRESOLVED),
                rules
                        .rules(Direction.INGRESS, storefront, Endpoint.Pods.of("ingress-nginx", stamped("controller")))
                        .stream()
                        .map(found -> found.state().state())
                        .toList());
        assertEquals(List.of(), rules.rules(Direction.INGRESS, storefront, CHECKOUT));
    }
}
