package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.app.snapshot.NamespaceOfPeer;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Idle;
import dev.bulkhead.core.compile.RuleState;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.Rule;
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
                                    .forEach(state -> stands(input.unread(), otherEnds, intent, state, findings)));
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

    /** Whether the matching rule, or the object that is named, may be in what could not be read. */
    private static boolean mayBeDeclared(Unread unread, Rule rule) {
        boolean lookedUp = rule.peer().isService()
                || rule.peer()
                        .asWorkload()
                        .filter(peer -> peer.workload().isAsserted())
                        .isPresent();
        return rule.peer()
                .fold(new NamespaceOfPeer())
                .map(namespace ->
                        unread.mayHaveIntents(namespace) || (lookedUp && unread.mayHavePods(namespace)))
                .orElseGet(unread::mayHaveIntents);
    }

    private static void stands(
            Unread unread, OtherEnds otherEnds, AccessIntent.Key intent, RuleState state, Findings findings) {
        String field = "spec." + state.rule().place();
        switch (state.state()) {
            case AWAITING_PEER -> {
                if (mayBeDeclared(unread, state.rule())) {
                    return;
                }
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
            case UNRESOLVED, UNENFORCEABLE -> {
                if (state.state() != RuleState.State.UNRESOLVED || !unread.mayHavePods(intent.namespace())) {
                    findings.about(intent, field, Code.BH016, state.state().label() + ": " + state.message(), "");
                }
            }
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
