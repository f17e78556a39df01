package dev.bulkhead.demo;

import java.time.Duration;

/** Ten times the pods, and back, without a write. */
final class ScaleChapter implements Chapter {

    private static final int FEW = 3;
    private static final int MANY = 30;
    private static final Duration AFTERMATH = Duration.ofSeconds(1);

    private final Narrator narrator;
    private final Claims claims;
    private final Shop shop;
    private final Onlooker onlooker;
    private final PolicyJournal journal;

    ScaleChapter(Narrator narrator, Claims claims, Shop shop, Onlooker onlooker, PolicyJournal journal) {
        this.narrator = narrator;
        this.claims = claims;
        this.shop = shop;
        this.onlooker = onlooker;
        this.journal = journal;
    }

    @Override
    public String title() {
        return "Scale: 3 pods, 30 pods, 3 pods, and not one policy write";
    }

    @Override
    public void tell() {
        var before = onlooker.policyVersions();
        int mark = journal.size();
        narrator.says("checkout is scaled to 30 pods, and back to 3.");
        shop.scale(Shop.CHECKOUT, MANY);
        claims.that(
                "30 pods of checkout run, and each of them reaches payments on 8443",
                () -> ClaimFinding.when(shop.running(Shop.CHECKOUT).size() == MANY
                        && onlooker.look().isOpen(Shop.CHECKOUT, Shop.PAYMENTS, 8443)));
        shop.scale(Shop.CHECKOUT, FEW);
        claims.that(
                "3 pods are left",
                () -> ClaimFinding.when(shop.running(Shop.CHECKOUT).size() == FEW));
        claims.pause(AFTERMATH);
        claims.that(
                "0 policies were written, whoever might have",
                () -> ClaimFinding.when(onlooker.policyVersions().equals(before) && journal.size() == mark));
    }
}
