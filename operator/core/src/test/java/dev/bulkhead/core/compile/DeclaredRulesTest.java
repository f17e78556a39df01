package dev.bulkhead.core.compile;

import static dev.bulkhead.core.compile.SmallTown.account;
import static dev.bulkhead.core.compile.SmallTown.deployment;
import static dev.bulkhead.core.compile.SmallTown.inbound;
import static dev.bulkhead.core.compile.SmallTown.outbound;
import static dev.bulkhead.core.compile.SmallTown.stamped;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeclaredRulesTest {

    private static final Rule TO_PAYMENTS = outbound(0, "pay", account("payments"));
    private static final Rule TO_THE_ABSENT = outbound(1, "pay", deployment("absent"));
    private static final Rule TO_ADDRESSES =
            outbound(2, new Peer.OfNetwork(IpBlock.of(Cidr.parse("203.0.113.0/24"), List.of())));

    private static DeclaredRules rules(SmallTown town) {
        return new DeclaredRules(town.world(), town.declarations(), town.enrolment());
    }

    @Test
    void eachRuleIsToldWithItsOwnPodsAndThoseItNamesWhereItNamesAny() {
        SmallTown town = new SmallTown()
                .with("shop", stamped("checkout"))
                .with("pay", stamped("payments"))
                .declaring("shop", "checkout", account("checkout"), TO_PAYMENTS, TO_THE_ABSENT, TO_ADDRESSES)
                .declaring("pay", "payments", account("payments"), inbound(0, "shop", account("checkout")));
        DeclaredIntent.Key intent = new DeclaredIntent.Key("shop", "checkout");
        LabelSelector checkout = Identity.selector("checkout");

        assertEquals(
                List.of(
                        new DeclaredRules.Declared(
                                intent,
                                TO_PAYMENTS,
                                checkout,
                                Optional.of(new DeclaredRules.Pods(
                                        ImmutableSortedSet.of("pay"), Identity.selector("payments")))),
                        new DeclaredRules.Declared(intent, TO_THE_ABSENT, checkout, Optional.empty()),
                        new DeclaredRules.Declared(intent, TO_ADDRESSES, checkout, Optional.empty())),
                rules(town).in("shop"));
    }

    @Test
    void aRuleWhoseOwnWorkloadIsNotThereIsLeftOut() {
        SmallTown town = new SmallTown()
                .with("shop", stamped("checkout"))
                .declaring("shop", "a", deployment("absent"), TO_PAYMENTS)
                .declaring("shop", "b", account("checkout"), TO_PAYMENTS);

        assertEquals(
                List.of(new DeclaredIntent.Key("shop", "b")),
                rules(town).in("shop").stream()
                        .map(DeclaredRules.Declared::intent)
                        .toList());
    }

    @Test
    void podsAreMeantByNamespaceAndLabels() {
        DeclaredRules.Pods pods =
                new DeclaredRules.Pods(ImmutableSortedSet.of("pay", "pay-eu"), Identity.selector("payments"));

        assertTrue(pods.contain("pay-eu", stamped("payments")));
        assertFalse(pods.contain("shop", stamped("payments")));
        assertFalse(pods.contain("pay", stamped("ledger")));
    }
}
