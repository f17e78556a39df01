package dev.bulkhead.cluster.status;

/**
 * What happened to an object that is in no namespace. Kubernetes keeps such events in the namespace {@code default}, where people
 * may read them who may see nothing of the namespaces concerned. So each has one fixed text that names nothing.
 */
enum ClusterNews {
    CLAIMED_TWICE(
            Conditions.READY,
            SegmentStatuses.CONFLICT,
            "Enrol",
            "Another segment claims a namespace with equal right, so no change that is declared takes effect there."),
    NAME_TAKEN(
            Conditions.READY,
            Conditions.NAME_CONFLICT,
            "Enforce",
            "A policy of somebody else has the name of one that all pods of a namespace need."),
    VOIDED(
            SegmentStatuses.VOIDED,
            SegmentStatuses.BY_OTHERS,
            "Audit",
            "Policies by others open what no intent asks for."),
    FOUGHT(
            SegmentStatuses.FOUGHT,
            SegmentStatuses.CHANGED_AGAIN,
            "Repair",
            "Policies are changed by others as often as they are put right."),
    NOBODY_VOUCHES(
            SegmentStatuses.IDENTITY,
            SegmentStatuses.NOT_IN_FORCE,
            "Verify",
            "The API server no longer vouches for the service accounts of pods.");

    private final String condition;
    private final String reason;
    private final String action;
    private final String text;

    ClusterNews(String condition, String reason, String action, String text) {
        this.condition = condition;
        this.reason = reason;
        this.action = action;
        this.text = text;
    }

    /** The type of the condition that says it in the object's status. */
    String condition() {
        return condition;
    }

    /** Of the condition and of the event. */
    String reason() {
        return reason;
    }

    /** What Bulkhead was doing. */
    String action() {
        return action;
    }

    String text() {
        return text;
    }

    /** Whether it is news where nothing was said before. That identity is not in force is how some clusters begin. */
    boolean isNewsAtFirst() {
        return this != NOBODY_VOUCHES;
    }
}
