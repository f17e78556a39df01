package dev.bulkhead.core.compile;

import static dev.bulkhead.core.compile.Assurance.ASSERTED;
import static dev.bulkhead.core.compile.Assurance.VERIFIED;
import static dev.bulkhead.core.compile.SmallTown.account;
import static dev.bulkhead.core.compile.SmallTown.inbound;
import static dev.bulkhead.core.compile.SmallTown.outbound;
import static dev.bulkhead.core.compile.SmallTown.stamped;
import static dev.bulkhead.core.compile.SmallTown.unstamped;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** How sure it is said to be who the other end is, where labels stand for a service account since some pods lack the stamp. */
class IdentificationTest {

    private static void expect(RuleOutcome.State state, Assurance peer, SmallTown town) {
        RuleOutcome rule = town.outcome("shop", "checkout").rules().get(0);

        assertEquals(state, rule.state());
        assertEquals(peer, rule.peer().orElseThrow());
    }

    @Test
    void ofTheOwnNamespaceItIsToldAtOnce() {
        expect(
                RuleOutcome.State.AWAITING_PEER,
                ASSERTED,
                new SmallTown()
                        .withDeployment("shop", "catalogue", unstamped("catalogue"), stamped("checkout"))
                        .declaring("shop", "checkout", account("checkout"), outbound(0, "shop", account("catalogue"))));
    }

    @Test
    void ofAnotherNamespaceItIsNotToldBeforeThatEndAgrees() {
        expect(
                RuleOutcome.State.AWAITING_PEER,
                VERIFIED,
                new SmallTown()
                        .with("shop", stamped("checkout"))
                        .withDeployment("pay", "payments", unstamped("payments"))
                        .declaring("shop", "checkout", account("checkout"), outbound(0, "pay", account("payments"))));
    }

    @Test
    void ofAnotherNamespaceItIsToldOnceThatEndAgrees() {
        expect(
                RuleOutcome.State.OPEN,
                ASSERTED,
                new SmallTown()
                        .with("shop", stamped("checkout"))
                        .withDeployment("pay", "payments", unstamped("payments"))
                        .declaring("shop", "checkout", account("checkout"), outbound(0, "pay", account("payments")))
                        .declaring("pay", "payments", account("payments"), inbound(0, "shop", account("checkout"))));
    }
}
