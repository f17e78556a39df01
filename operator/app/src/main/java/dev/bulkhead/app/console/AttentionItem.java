package dev.bulkhead.app.console;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.ConditionStatus;
import dev.bulkhead.api.v1alpha1.RuleStatus;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.api.v1alpha1.VoidedBy;
import dev.bulkhead.core.compile.RuleOutcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/**
 * Something that somebody should look at.
 *
 * @param intent its name, where it is about one of that namespace; likewise {@code policy}
 * @param rule of the intent with its peer, where it is about one; many rules may have one and the same message
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record AttentionItem(
        Severity severity,
        String reason,
        String namespace,
        String segment,
        String intent,
        String policy,
        String rule,
        String message) {

    enum Severity {
        ERROR("Error"),
        WARNING("Warning"),
        INFO("Info");

        private final String label;

        Severity(String label) {
            this.label = label;
        }

        @JsonValue
        String label() {
            return label;
        }
    }

    /** The most urgent are shown, and it is said how many more there are. */
    private static final int MOST = 500;

    private static final Map<RuleOutcome.State, Severity> SEVERITIES = Map.of(
            RuleOutcome.State.UNRESOLVED, Severity.ERROR,
            RuleOutcome.State.FORBIDDEN, Severity.ERROR,
            RuleOutcome.State.UNENFORCEABLE, Severity.WARNING,
            RuleOutcome.State.AWAITING_PEER, Severity.INFO);

    /** A condition that is false, and means that something is wrong. */
    private static final Set<String> MEANT_TO_HOLD = Set.of("Ready", "IdentityInForce");

    private static final Comparator<AttentionItem> ORDER = Comparator.comparing(AttentionItem::severity)
            .thenComparing(AttentionItem::namespace)
            .thenComparing(AttentionItem::segment)
            .thenComparing(AttentionItem::intent)
            .thenComparing(AttentionItem::policy)
            .thenComparing(AttentionItem::reason)
            .thenComparing(AttentionItem::rule)
            .thenComparing(AttentionItem::message);

    /** The most urgent first. */
    static List<AttentionItem> of(ViewedCluster cluster) {
        Found found = new Found();
        cluster.namespaces()
                .forEach(namespace -> cluster.view()
                        .intentStatuses()
                        .getOrDefault(namespace.name(), ImmutableSortedMap.of())
                        .forEach((name, status) -> addIntent(found, namespace.name(), name, status)));
        Map<String, VoidedBy> voided = new TreeMap<>();
        cluster.view().segmentStatuses().forEach((name, status) -> {
            if (cluster.scope().everything()) {
                addSegment(found, name, status);
            }
            status.voidedBy().forEach(policy -> voided.put(policy.policy(), policy));
        });
        voided.values().stream()
                .filter(policy -> cluster.scope().sees(namespace(policy)))
                .forEach(policy -> found.add(new AttentionItem(
                        Severity.WARNING,
                        "Voided",
                        namespace(policy),
                        "",
                        "",
                        policy.policy().substring(namespace(policy).length() + 1),
                        "",
                        // The example may speak of namespaces of others.
                        "It opens what no intent asks for"
                                + (cluster.scope().everything() ? ": " + policy.opens() : ""))));
        return found.first();
    }

    /** Keeps the most urgent, and counts the others. */
    private static final class Found {

        private final PriorityQueue<AttentionItem> kept = new PriorityQueue<>(ORDER.reversed());
        private int left;

        void add(AttentionItem attention) {
            kept.add(attention);
            if (kept.size() > MOST) {
                kept.remove();
                left++;
            }
        }

        List<AttentionItem> first() {
            List<AttentionItem> first = new ArrayList<>(kept);
            first.sort(ORDER);
            if (left > 0) {
                first.add(new AttentionItem(
                        Severity.INFO, "More", "", "", "", "", "", left + " more, on the pages of their namespaces"));
            }
            return first;
        }
    }

    private static String namespace(VoidedBy voided) {
        return Splitter.on('/').splitToList(voided.policy()).get(0);
    }

    private static void addIntent(Found found, String namespace, String name, AccessIntentStatus status) {
        for (Condition condition : status.conditions()) {
            if (condition.type().equals("Ready") && condition.status() != ConditionStatus.TRUE) {
                found.add(new AttentionItem(
                        Severity.ERROR, condition.reason(), namespace, "", name, "", "", condition.message()));
            }
        }
        for (RuleStatus rule : status.rules()) {
            RuleOutcome.State state = RuleOutcome.State.valueOf(rule.state().name());
            if (SEVERITIES.containsKey(state)) {
                found.add(new AttentionItem(
                        SEVERITIES.get(state),
                        state.label(),
                        namespace,
                        "",
                        name,
                        "",
                        named(rule),
                        Objects.requireNonNullElse(rule.message(), "")));
            }
            if (rule.idle() != null) {
                found.add(
                        new AttentionItem(Severity.WARNING, "Idle", namespace, "", name, "", named(rule), rule.idle()));
            }
        }
    }

    private static String named(RuleStatus rule) {
        return rule.rule() + (rule.peer() == null ? "" : " " + rule.peer());
    }

    private static void addSegment(Found found, String name, SegmentStatus status) {
        for (Condition condition : status.conditions()) {
            boolean holds = condition.status() == ConditionStatus.TRUE;
            boolean meant = MEANT_TO_HOLD.contains(condition.type());
            if (holds != meant) {
                Severity severity = condition.type().equals("Ready") ? Severity.ERROR : Severity.WARNING;
                found.add(new AttentionItem(severity, condition.reason(), "", name, "", "", "", condition.message()));
            }
        }
    }
}
