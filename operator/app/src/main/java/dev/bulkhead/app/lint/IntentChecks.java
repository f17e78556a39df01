package dev.bulkhead.app.lint;

import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.intent.DeclaredIntent;

/** Rules that come to nothing, whatever the other end does. */
final class IntentChecks implements Check {

    @Override
    public void check(LintInput input, Findings findings) {
        Elsewhere elsewhere = new Elsewhere(input.snapshot());
        for (Compilation compilation : input.compilations().values()) {
            compilation
                    .intents()
                    .forEach((intent, outcome) -> outcome.rules().stream()
                            .filter(state -> !elsewhere.decides(intent, state))
                            .forEach(state -> stands(input.unread(), intent, state, findings)));
        }
    }

    private static void stands(Unread unread, DeclaredIntent.Key intent, RuleOutcome state, Findings findings) {
        String field = "spec." + state.rule().place();
        switch (state.state()) {
            case UNRESOLVED -> {
                if (!unread.mayHavePods(intent.namespace())) {
                    cannotBeCarriedOut(intent, field, state, findings);
                }
            }
            case UNENFORCEABLE -> cannotBeCarriedOut(intent, field, state, findings);
            case FORBIDDEN ->
                findings.about(
                        intent,
                        field,
                        Code.BH017,
                        state.message(),
                        "take the rule out, or ask the platform team, whose limit it is");
            case AWAITING_PEER, OBSERVED, OPEN -> {}
        }
    }

    private static void cannotBeCarriedOut(
            DeclaredIntent.Key intent, String field, RuleOutcome state, Findings findings) {
        findings.about(intent, field, Code.BH016, state.state().label() + ": " + state.message(), "");
    }
}
