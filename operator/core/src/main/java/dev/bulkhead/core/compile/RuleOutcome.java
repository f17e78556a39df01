package dev.bulkhead.core.compile;

import dev.bulkhead.core.intent.Rule;
import java.util.Optional;

/**
 * How one rule of an intent stands.
 *
 * @param message what a team can do about it; for {@code OPEN} what is open
 * @param peer how sure it is who the other end is; absent for addresses
 * @param doubtful whether it is open, but policies by others may close it
 * @param idle why nothing uses it, where that is known; only of one that is open, waits or is observed
 */
public record RuleOutcome(
        Rule rule, State state, String message, Optional<Assurance> peer, boolean doubtful, Optional<Idle> idle) {

    /** The same with another answer to why nothing uses it. */
    public RuleOutcome withIdle(Optional<Idle> why) {
        return new RuleOutcome(rule, state, message, peer, doubtful, why);
    }

    /** The message, and why nothing uses the rule. */
    public String explanation() {
        return idle.map(found -> message + "; idle: " + found.message()).orElse(message);
    }

    /** From what a team must mend itself to what is as it should be. */
    public enum State {
        /** Its own workload or Service is not there, or cannot be told apart safely. Nothing is written for it. */
        UNRESOLVED("Unresolved"),
        /** A guardrail denies it, or its segment or a guardrail demands more than it gives. Nothing is written for it. */
        FORBIDDEN("Forbidden"),
        /** A NetworkPolicy cannot hold it: pods on the host network, or no port that maps. */
        UNENFORCEABLE("Unenforceable"),
        /** The segment observes only, or the namespace is in no segment: nothing is written. */
        OBSERVED("Observed"),
        /** The other end has not declared, is not there, or is not known: one answer for the three. */
        AWAITING_PEER("AwaitingPeer"),
        /** Allowed by both ends. */
        OPEN("Open");

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** As it is written in a status. */
        public String label() {
            return label;
        }
    }
}
