package dev.bulkhead.core.compile;

/**
 * Why nothing uses what a rule allows. It is no state of its own: what the rule asks for is allowed all the same, and is used
 * as soon as something comes that matches.
 *
 * @param namespace where nothing matches
 * @param message what is missing, in half a sentence
 */
public record Idle(Part part, String namespace, String message) {

    /** The part of a rule that matches nothing. */
    public enum Part {
        /** Nothing runs that the intent speaks for. */
        WORKLOAD,
        /** Nothing runs that the rule names as the other end. */
        PEER,
        /** No container declares the port. */
        PORTS
    }
}
