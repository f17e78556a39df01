package dev.bulkhead.demo;

import dev.bulkhead.api.v1alpha1.RuleState;

/** An intent goes, and what it alone allowed goes with it. */
final class WithdrawChapter implements Chapter {

    private final Narrator narrator;
    private final Claims claims;
    private final StoryDeclarations declarations;
    private final Onlooker onlooker;
    private final PolicyJournal journal;

    WithdrawChapter(
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
        return "Withdraw: an intent is deleted, and its connection closes";
    }

    @Override
    public void tell() {
        Scene scene = new Scene(onlooker, journal);
        narrator.says("The team of web deletes its intent browsing: storefront needs the catalogue no longer.");
        declarations.withdraw("web", "browsing");
        claims.that(
                "storefront does not reach the catalogue any more",
                () -> ClaimFinding.when(onlooker.look().isClosed(Shop.STOREFRONT, Shop.CATALOGUE)));
        claims.that(
                "its other connection, and that of checkout to the catalogue, are open as before",
                () -> ClaimFinding.when(onlooker.look().isOpen(Shop.STOREFRONT, Shop.CHECKOUT, 8080)
                        && onlooker.look().isOpen(Shop.CHECKOUT, Shop.CATALOGUE, 8080)));
        claims.that("nothing else was opened or closed", scene::neitherGapNorHole);
        claims.that(
                "the team of shop is told that its offer waits again: AwaitingPeer",
                () -> ClaimFinding.when(declarations.isIn("shop/catalogue", "inbound[0]", RuleState.AWAITING_PEER)));
        narrator.says("Written:");
        narrator.shows(SideBySide.of(scene.written()));
    }
}
