package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Idle;
import dev.bulkhead.core.compile.RuleState;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.Ports;

/** How the intents stand. */
final class IntentChecks implements Check {

    @Override
    public void check(LintInput input, Findings findings) {
        ImmutableSet<String> running = input.snapshot()
                .topology()
                .pods()
                .map(Pod::namespace)
                .collect(ImmutableSet.toImmutableSet());
        OtherEnds otherEnds = new OtherEnds(input.snapshot());
        for (Compilation compilation : input.compilations().values()) {
            compilation
                    .intents()
                    .forEach((intent, outcome) ->
                            outcome.rules().stream()
                                    .filter(state -> !isMistyped(running, input.unread(), state))
                                    .forEach(state -> stands(otherEnds, intent, state, findings)));
        }
    }

    /** Whoever waits because of a name that is mistyped, which is a finding of its own, waits for nobody. */
    private static boolean isMistyped(ImmutableSet<String> running, Unread unread, RuleState state) {
        return state.state() == RuleState.State.AWAITING_PEER
                && (state.idle()
                                .filter(idle -> idle.part() != Idle.Part.PORTS)
                                .isPresent()
                        || IdleChecks.otherNamespace(running, unread, state.rule())
                                .isPresent());
    }

    private static void stands(OtherEnds otherEnds, AccessIntent.Key intent, RuleState state, Findings findings) {
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
