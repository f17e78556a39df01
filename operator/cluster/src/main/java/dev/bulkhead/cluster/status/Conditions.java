package dev.bulkhead.cluster.status;

import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.ConditionStatus;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Makes conditions of which the time of the last transition is that of the last change of status. */
final class Conditions {

    static final String READY = "Ready";
    static final String CONNECTED = "Connected";
    static final String FAILING = "Failing";
    static final String NAME_CONFLICT = "NameConflict";

    private static final int MAXIMUM_MESSAGE = 32_768;

    private final List<Condition> before;
    private final long generation;
    private final Clock clock;

    /** @param before the conditions that stand there now */
    Conditions(List<Condition> before, long generation, Clock clock) {
        this.before = before;
        this.generation = generation;
        this.clock = clock;
    }

    Condition condition(String type, boolean holds, String reason, String message) {
        ConditionStatus status = holds ? ConditionStatus.TRUE : ConditionStatus.FALSE;
        String since = before.stream()
                .filter(condition -> condition.type().equals(type) && condition.status() == status)
                .map(Condition::lastTransitionTime)
                .findFirst()
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        return new Condition(type, status, generation, since, reason, shortened(message, MAXIMUM_MESSAGE));
    }

    static String shortened(String text, int maximum) {
        return text.length() <= maximum ? text : text.substring(0, maximum - 1) + "…";
    }

    static boolean hasReason(List<Condition> conditions, String type, String reason) {
        return conditions.stream()
                .anyMatch(condition ->
                        condition.type().equals(type) && condition.reason().equals(reason));
    }
}
