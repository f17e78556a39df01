package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.app.snapshot.NamespaceOfPeer;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Idle;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.Ports;
import java.util.Optional;

/** Rules that wait for the other end. */
final class WaitingChecks implements Check {

    @Override
    public void check(LintInput input, Findings findings) {
        ImmutableSet<String> running =
                input.snapshot().topology().pods().map(Pod::namespace).collect(ImmutableSet.toImmutableSet());
        OtherEnds otherEnds = new OtherEnds(input.snapshot());
        TwoPorts twoPorts = new TwoPorts(input.snapshot(), otherEnds);
        for (Compilation compilation : input.compilations().values()) {
            compilation
                    .intents()
                    .forEach((intent, outcome) -> outcome.rules().stream()
                            .filter(state -> state.state() == RuleOutcome.State.AWAITING_PEER
                                    && !isMistyped(running, input.unread(), state)
                                    && !mayBeDeclared(input.unread(), state.rule()))
                            .forEach(state -> twoPorts.of(intent, state.rule())
                                    .ifPresentOrElse(
                                            found -> byTwoPorts(intent, state.rule(), found, findings),
                                            () -> waits(otherEnds, intent, state, findings))));
        }
    }

    /** Whoever waits because of a name that is mistyped, which is a finding of its own, waits for nobody. */
    private static boolean isMistyped(ImmutableSet<String> running, Unread unread, RuleOutcome state) {
        Optional<Idle> mistyped = state.idle().filter(idle -> idle.part() != Idle.Part.PORTS);
        return mistyped.isPresent()
                || IdleChecks.otherNamespace(running, unread, state.rule()).isPresent();
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
                .map(namespace -> unread.mayHaveIntents(namespace) || (lookedUp && unread.mayHavePods(namespace)))
                .orElseGet(unread::mayHaveIntents);
    }

    private static void byTwoPorts(DeclaredIntent.Key intent, Rule rule, TwoPorts.Found found, Findings findings) {
        if (!found.own()) {
            // The other rule has the finding.
            return;
        }
        findings.about(
                intent,
                "spec." + rule.place() + ".ports",
                Code.BH019,
                "this rule and the one at the other end mean the same connection by two ports: " + found.ofService()
                        + " is the port of Service " + found.service() + ", and " + found.ofPods()
                        + ", which the other end declares, is the port of the pods behind it",
                "write the port of the pods, " + found.ofPods() + "; NetworkPolicies see no other");
    }

    private static void waits(OtherEnds otherEnds, DeclaredIntent.Key intent, RuleOutcome state, Findings findings) {
        Ports declared = otherEnds.declared(intent, state.rule());
        findings.about(
                intent,
                "spec." + state.rule().place(),
                Code.BH010,
                declared.isEmpty() ? state.message() : state.message() + "; what it has declared is " + declared,
                declared.isEmpty()
                        ? "ask the other team for the matching rule"
                        : "agree with the other team on the ports");
    }
}
