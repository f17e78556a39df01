package dev.bulkhead.demo;

import dev.bulkhead.api.v1alpha1.RuleState;

/** One end has declared; the other one follows. */
final class HandshakeChapter implements Chapter {

    private final Narrator narrator;
    private final Claims claims;
    private final StoryDeclarations declarations;
    private final Onlooker onlooker;
    private final PolicyJournal journal;

    HandshakeChapter(
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
        return "Handshake: from AwaitingPeer to Open";
    }

    @Override
    public void tell() {
        narrator.says("shop/checkout needs pay/payments on 8443. pay has not agreed:");
        claims.that(
                "the rule says AwaitingPeer, and the connection is closed",
                () -> ClaimFinding.when(declarations.isIn("shop/checkout", "outbound[1]", RuleState.AWAITING_PEER)
                        && onlooker.look().isClosed(Shop.CHECKOUT, Shop.PAYMENTS)));
        Scene scene = new Scene(onlooker, journal);
        declarations.apply(StoryManifests.PAYMENTS);
        narrator.says("Now the team of pay declares the other end:");
        narrator.shows(declarations.text(StoryManifests.PAYMENTS));
        claims.that(
                "the connection is open on 8443",
                () -> ClaimFinding.when(onlooker.look().isOpen(Shop.CHECKOUT, Shop.PAYMENTS, 8443)));
        claims.that(
                "both teams are told: Open",
                () -> ClaimFinding.when(declarations.isIn("shop/checkout", "outbound[1]", RuleState.OPEN)
                        && declarations.isIn("pay/payments", "inbound[0]", RuleState.OPEN)));
        claims.that("nothing else was opened or closed", scene::neitherGapNorHole);
        narrator.says("Written:");
        narrator.shows(SideBySide.of(scene.written()));
    }
}
