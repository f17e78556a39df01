package dev.bulkhead.app.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.ConditionStatus;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A condition that changed lately, as the statuses say; they are the same whichever replica is asked, and after a restart.
 *
 * @param at when, by RFC 3339
 * @param intent its name, where it is one of that namespace
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record RecentChange(
        String at,
        String namespace,
        String segment,
        String intent,
        String condition,
        ConditionStatus status,
        String reason,
        String message) {

    private static final int MOST = 20;

    /** Times of one format and zone are in the order of their texts. */
    private static final Comparator<RecentChange> LATEST_FIRST = Comparator.comparing(RecentChange::at)
            .reversed()
            .thenComparing(RecentChange::namespace)
            .thenComparing(RecentChange::segment)
            .thenComparing(RecentChange::intent)
            .thenComparing(RecentChange::condition);

    /**
     * The latest first.
     *
     * @param intents those that may be seen, by namespace and name
     * @param segments those that may be seen, by name
     */
    static List<RecentChange> of(
            Map<String, ? extends Map<String, AccessIntentStatus>> intents, Map<String, SegmentStatus> segments) {
        List<RecentChange> all = new ArrayList<>();
        intents.forEach((namespace, statuses) -> statuses.forEach((name, status) ->
                status.conditions().forEach(condition -> all.add(of(namespace, "", name, condition)))));
        segments.forEach(
                (name, status) -> status.conditions().forEach(condition -> all.add(of("", name, "", condition))));
        return all.stream().sorted(LATEST_FIRST).limit(MOST).toList();
    }

    private static RecentChange of(String namespace, String segment, String intent, Condition condition) {
        return new RecentChange(
                condition.lastTransitionTime(),
                namespace,
                segment,
                intent,
                condition.type(),
                condition.status(),
                condition.reason(),
                condition.message());
    }
}
