package dev.bulkhead.core.compile;

import static dev.bulkhead.core.compile.SmallTown.account;
import static dev.bulkhead.core.compile.SmallTown.outbound;
import static dev.bulkhead.core.compile.SmallTown.stamped;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Identity;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** By which policies an intent's rules are carried. */
class CompilerTest {

    private static SmallTown town() {
        return new SmallTown().with("shop", stamped("checkout")).with("pay", stamped("payments"));
    }

    private static NetworkPolicy.Key policy(String namespace, Direction direction, String account) {
        return new NetworkPolicy.Key(
                namespace, PolicyNames.usual(new GrantsBySubject.Subject(direction, Identity.selector(account))));
    }

    @Test
    void anIntentIsCarriedByThePoliciesOfItsOwnNamespaceAlone() {
        SmallTown town = town().declaring(
                        "shop", "checkout", account("checkout"), outbound(0, "pay", account("payments")))
                .declaring("shop", "other", account("other"), outbound(0, "pay", account("payments")));

        assertEquals(
                Set.of(policy("shop", Direction.EGRESS, "checkout")),
                town.outcome("shop", "checkout").policies());
    }

    @Test
    void insideATrustBoundaryItIsCarriedByThoseOfTheOtherEndToo() {
        SmallTown town = town().trusting("all", "shop", "pay")
                .declaring(
                        "shop",
                        "checkout",
                        account("checkout"),
                        outbound(0, "pay", account("payments")),
                        outbound(1, "shop", account("catalogue")));

        assertEquals(
                Set.of(
                        policy("shop", Direction.EGRESS, "checkout"),
                        policy("shop", Direction.INGRESS, "catalogue"),
                        policy("pay", Direction.INGRESS, "payments")),
                town.outcome("shop", "checkout").policies());
        assertEquals(
                Set.of(
                        new NetworkPolicy.Key("pay", PolicyNames.BASELINE),
                        policy("pay", Direction.INGRESS, "payments")),
                town.compile().get("pay").policies().keySet());
    }

    @Test
    void whatIsNotWrittenCarriesNothing() {
        SmallTown town = town().trusting("all", "shop", "pay")
                .declaring("shop", "checkout", account("checkout"), outbound(0, "pay", SmallTown.deployment("absent")))
                .declaring("shop", "absent", SmallTown.deployment("absent"), outbound(0, "pay", account("payments")));

        assertEquals(Set.of(), town.outcome("shop", "checkout").policies());
        assertEquals(Set.of(), town.outcome("shop", "absent").policies());
    }
}
