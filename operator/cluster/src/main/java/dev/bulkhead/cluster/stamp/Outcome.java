package dev.bulkhead.cluster.stamp;

/** What became of a pod that was to be stamped. */
public sealed interface Outcome {

    /** Its label tells the truth now. */
    record Stamped() implements Outcome {}

    /** It ended meanwhile; whatever has its name now was stamped when it was born. */
    record Gone() implements Outcome {}

    /** The API server would not have it. */
    record Refused(String reason) implements Outcome {}
}
