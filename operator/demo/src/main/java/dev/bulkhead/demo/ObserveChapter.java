package dev.bulkhead.demo;

import dev.bulkhead.api.v1alpha1.RuleState;

/** Segments that observe: every state is computed and nothing is written. */
final class ObserveChapter implements Chapter {

    private final Narrator narrator;
    private final Claims claims;
    private final StoryDeclarations declarations;
    private final Onlooker onlooker;
    private final PolicyJournal journal;

    ObserveChapter(
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
        return "Observe: everything is computed, nothing is written";
    }

    @Override
    public void tell() {
        declarations.apply(StoryManifests.SEGMENTS);
        declarations.apply(StoryManifests.INTENTS);
        narrator.says("The platform team declares the segments web, shop and pay, which observe. The teams declare what"
                + " their workloads need and whom they serve:");
        claims.that(
                "every rule that is declared has a state, Observed",
                () -> ClaimFinding.when(
                        declarations.reports().size() == declarations.rules()
                                && declarations.reports().stream()
                                        .allMatch(report -> report.rule().state() == RuleState.OBSERVED),
                        declarations.reports().size() + " of " + declarations.rules() + " rules"));
        narrator.shows(declarations.describe());
        claims.that(
                "no policy has been written",
                () -> ClaimFinding.when(
                        journal.size() == 0 && onlooker.policies().isEmpty()));
        claims.that(
                "everybody still reaches everybody",
                () -> ClaimFinding.when(onlooker.look().isAllOpen()));
    }
}
