package dev.bulkhead.demo;

import dev.bulkhead.api.v1alpha1.RuleState;

/** The segments enforce, without a moment in which anything agreed on is closed. */
final class EnforceChapter implements Chapter {

    private final Narrator narrator;
    private final Claims claims;
    private final StoryDeclarations declarations;
    private final Onlooker onlooker;
    private final PolicyJournal journal;

    EnforceChapter(
            Narrator narrator,
            Claims claims,
            StoryDeclarations declarations,
            Onlooker onlooker,
            PolicyJournal journal) {
        this.narrator = narrator;
        this.claims = claims;
        this.declarations = declarations;
        this.onlooker = onlooker;
        this.journal = journal;
    }

    @Override
    public String title() {
        return "Enforce: what both ends declared stays open, all else is closed";
    }

    @Override
    public void tell() {
        Scene scene = new Scene(onlooker, journal);
        declarations.enforce();
        narrator.says("The platform team sets enforce to true for ingress and egress in the three segments.");
        claims.that(
                "what was agreed on is open, and nothing else",
                () -> ClaimFinding.when(
                        isAsAgreed(onlooker.look()), onlooker.look().openPairs() + " of 30 pairs"));
        narrator.matrix(onlooker.look());
        claims.that("on the way there, nothing that was agreed on was ever closed", scene::neitherGapNorHole);
        narrator.says("Written, in this order (+ created, ~ changed):");
        narrator.shows(SideBySide.of(scene.written()));
        claims.that(
                "storefront's order is Open on both sides, checkout's charge waits for pay: AwaitingPeer",
                () -> ClaimFinding.when(declarations.isIn("web/storefront", "outbound[0]", RuleState.OPEN)
                        && declarations.isIn("shop/checkout", "inbound[0]", RuleState.OPEN)
                        && declarations.isIn("shop/checkout", "outbound[1]", RuleState.AWAITING_PEER)));
    }

    private static boolean isAsAgreed(Connectivity seen) {
        return seen.isOpen(Shop.STOREFRONT, Shop.CHECKOUT, 8080)
                && seen.isOpen(Shop.STOREFRONT, Shop.CATALOGUE, 8080)
                && seen.isOpen(Shop.CHECKOUT, Shop.CATALOGUE, 8080)
                && seen.isOpen(Shop.PAYMENTS, Shop.LEDGER, 5432)
                && seen.isOpen(new ShopParty.Internet(), Shop.STOREFRONT, 8080)
                && seen.isClosed(Shop.CHECKOUT, Shop.PAYMENTS)
                && seen.openPairs() == 5;
    }
}
