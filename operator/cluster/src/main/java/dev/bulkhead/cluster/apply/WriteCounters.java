package dev.bulkhead.cluster.apply;

import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How many writes the API server acknowledged. */
public final class WriteCounters {

    private static final String POLICY = "NetworkPolicy";
    private static final String EVENT = "Event";
    private static final String CREATE = "create";
    private static final String UPDATE = "update";
    private static final String DELETE = "delete";
    private static final String STATUS = "status";
    /** What is declared, or what is there, changed. */
    private static final String CHANGE = "change";
    /** Somebody else had changed it. */
    static final String DRIFT = "drift";
    /** Somebody else had offered it. */
    private static final String ADOPTION = "adoption";

    /**
     * A sort of writes.
     *
     * @param kind of the object
     * @param operation what was done to it
     * @param reason why; for Events their own
     */
    public record Written(String kind, String operation, String reason) {}

    private final Predicate<NetworkPolicy.Key> drifted;
    private final Map<Written, LongAdder> counts = new ConcurrentHashMap<>();

    /** @param drifted whether the policy was changed by somebody else and is not put right yet */
    public WriteCounters(Predicate<NetworkPolicy.Key> drifted) {
        this.drifted = drifted;
    }

    public Map<Written, Long> counts() {
        return counts.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, count -> count.getValue().sum()));
    }

    /** Of policies, of any sort. */
    public long policyWrites() {
        return sum(written -> written.kind().equals(POLICY));
    }

    /** Of policies that somebody else had changed or deleted. */
    public long repairs() {
        return sum(written -> written.reason().equals(DRIFT));
    }

    private long sum(Predicate<Written> which) {
        return counts().entrySet().stream()
                .filter(count -> which.test(count.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    Written created(NetworkPolicy.Key key) {
        return count(new Written(POLICY, CREATE, reason(key)));
    }

    /** @param before what it was */
    Written updated(LivePolicy before) {
        return count(new Written(POLICY, UPDATE, reason(before)));
    }

    /** @param before what it was */
    Written deleted(LivePolicy before) {
        return count(new Written(POLICY, DELETE, reason(before)));
    }

    private String reason(LivePolicy before) {
        String reason = reason(before.policy().key());
        return before.isManaged() || reason.equals(DRIFT) ? reason : ADOPTION;
    }

    private String reason(NetworkPolicy.Key key) {
        return drifted.test(key) ? DRIFT : CHANGE;
    }

    /** @param kind of ours */
    public void wroteStatus(String kind) {
        count(new Written(kind, STATUS, CHANGE));
    }

    /** @param reason one of those that Events of ours have */
    public void wroteEvent(String reason) {
        count(new Written(EVENT, CREATE, reason));
    }

    private Written count(Written written) {
        counts.computeIfAbsent(written, unknown -> new LongAdder()).increment();
        return written;
    }
}
