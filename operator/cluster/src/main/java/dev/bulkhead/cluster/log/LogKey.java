package dev.bulkhead.cluster.log;

/**
 * The keys of the log. Where a label of the metrics means the same it has the same name; operator/docs/logs.md explains each,
 * and a test compares.
 */
public final class LogKey {

    /** Of a namespace, as the label of the metrics. */
    public static final String NAMESPACE = "namespace";

    /** Of a Segment, as the label of the metrics. */
    public static final String SEGMENT = "segment";

    public static final String INTENT = "intent";
    public static final String GUARDRAIL = "guardrail";
    public static final String POLICY = "policy";

    /** Of an object, as the label of the metrics. */
    public static final String KIND = "kind";

    /** Of an object whose kind is told. */
    public static final String NAME = "name";

    /** What was done to an object, as the label of the metrics. */
    public static final String OPERATION = "operation";

    /** As the label of the metrics; of a status the reason of its condition. */
    public static final String REASON = "reason";

    /** Of a rule, as the label of the metrics. */
    public static final String STATE = "state";

    /** How a look at a namespace ended, as the label of the metrics. */
    public static final String RESULT = "result";

    public static final String CONDITION = "condition";
    public static final String OPENED = "opened";
    public static final String LOST = "lost";
    public static final String BY = "by";
    public static final String NOTE = "note";
    public static final String ENFORCE = "enforce";
    public static final String REPLICA = "replica";
    public static final String LEADER = "leader";
    public static final String SERVER = "server";
    /** As the label of the metrics. */
    public static final String VERSION = "version";

    public static final String PORT = "port";
    public static final String NAMESPACES = "namespaces";
    public static final String SEGMENTS = "segments";
    public static final String INTENTS = "intents";
    public static final String GUARDRAILS = "guardrails";
    public static final String POLICIES = "policies";
    public static final String DURATION_SECONDS = "duration_seconds";
    public static final String RETRY_SECONDS = "retry_seconds";
    public static final String SUPPRESSED = "suppressed";
    /** Its type and message. */
    public static final String ERROR = "error";

    /** Where an error happened that nobody expected. */
    public static final String STACK = "stack";

    private LogKey() {}
}
