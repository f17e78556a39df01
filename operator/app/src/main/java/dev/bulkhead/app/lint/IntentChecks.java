package dev.bulkhead.app.lint;

import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.world.Ports;

/** How the intents stand. */
final class IntentChecks implements Check {

    @Override
    public void check(LintInput input, Findings findings) {
        OtherEnds otherEnds = new OtherEnds(input.snapshot());
        for (Compilation compilation : input.compilations().values()) {
            compilation
                    .intents()
                    .forEach((intent, outcome) ->
                            outcome.rules().forEach(state -> stands(otherEnds, intent, state, findings)));
        }
    }

    private static void stands(OtherEnds otherEnds, DeclaredIntent.Key intent, RuleOutcome state, Findings findings) {
        String field = "spec." + state.rule().place();
        switch (state.state()) {
            case AWAITING_PEER -> {
                Ports declared = otherEnds.declared(intent, state.rule());
                findings.about(
                        intent,
                        field,
                        Code.BH010,
                        declared.isEmpty()
                                ? state.message()
                                : state.message() + "; what it has declared is " + declared,
                        declared.isEmpty()
                                ? "ask the other team for the matching rule"
                                : "agree with the other team on the ports");
            }
            case UNRESOLVED, UNENFORCEABLE ->
                findings.about(intent, field, Code.BH016, state.state().label() + ": " + state.message(), "");
            case FORBIDDEN ->
                findings.about(
                        intent,
                        field,
                        Code.BH017,
                        state.message(),
                        "take the rule out, or ask the platform team, whose limit it is");
            case OBSERVED, OPEN -> {}
        }
    }
}
