package dev.bulkhead.cluster.status;

import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.RuleState;
import dev.bulkhead.api.v1alpha1.RuleStatus;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.LiveStatus;
import dev.bulkhead.cluster.inventory.Rejection;
import dev.bulkhead.cluster.inventory.Revision;
import dev.bulkhead.core.intent.DeclaredIntent;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says on each AccessIntent what became of it, and makes an Event of what changed for better or worse. */
public final class IntentReporter {

    private static final String KIND = "AccessIntent";
    /** What an empty list would be left out for. */
    private static final Map<String, Object> CLEARED = Map.of("rules", List.of(), "policies", List.of(), "summary", "");

    private final Inventory inventory;
    private final ReportQueue queue;
    private final StatusWriter writer;
    private final EventRecorder events;
    private final IntentStatuses statuses;
    private final StatusLog log;

    IntentReporter(
            Inventory inventory,
            ReportQueue queue,
            StatusWriter writer,
            EventRecorder events,
            IntentStatuses statuses,
            StatusLog log) {
        this.inventory = inventory;
        this.queue = queue;
        this.writer = writer;
        this.events = events;
        this.statuses = statuses;
        this.log = log;
    }

    /** @param revision the state of the intent that the findings are about */
    public void report(DeclaredIntent.Key key, Revision revision, IntentFindings findings) {
        submit(key, revision, live -> statuses.status(key, live, findings));
    }

    /** The passes over its namespace fail, with this message. */
    public void fail(DeclaredIntent.Key key, Revision revision, String message) {
        submit(key, revision, live -> statuses.failing(live, message));
    }

    public void reject(DeclaredIntent.Key key, Rejection rejection) {
        rejection.revision().ifPresent(revision -> submit(key, revision, live -> statuses.rejected(live, rejection)));
    }

    /**
     * It is being deleted.
     *
     * @param held why what policies carry of it stays for now
     */
    public void withdraw(DeclaredIntent.Key key, Revision revision, Optional<String> held) {
        submit(key, revision, live -> statuses.withdrawn(live, held));
    }

    private void submit(
            DeclaredIntent.Key key,
            Revision revision,
            Function<LiveStatus<AccessIntentStatus>, AccessIntentStatus> wording) {
        queue.submit(
                key.namespace(),
                key,
                () -> inventory
                        .intentStatuses()
                        .status(key)
                        .filter(live -> live.revision().equals(revision))
                        .ifPresent(live -> publish(key, live, wording.apply(live))));
    }

    private void publish(DeclaredIntent.Key key, LiveStatus<AccessIntentStatus> live, AccessIntentStatus now) {
        inventory.intentStatuses().statusMeant(key, now);
        if (live.status().equals(Optional.of(now))) {
            return;
        }
        String uid = live.revision().uid();
        String version = writer.write(KIND, key.namespace(), key.name(), uid, now, CLEARED, Set.of("identity"));
        inventory.intentStatuses().statusWritten(key, new LiveStatus<>(live.revision(), Optional.of(now), version));
        ObjectReference intent = new ObjectReferenceBuilder()
                .withApiVersion("bulkhead.dev/v1alpha1")
                .withKind(KIND)
                .withNamespace(key.namespace())
                .withName(key.name())
                .withUid(uid)
                .build();
        recordChanges(key, intent, live.status(), now);
    }

    private void recordChanges(
            DeclaredIntent.Key key,
            ObjectReference intent,
            Optional<AccessIntentStatus> before,
            AccessIntentStatus now) {
        Set<String> openBefore = before.map(IntentReporter::open).orElse(Set.of());
        Set<String> openNow = open(now);
        Set<String> opened = without(openNow, openBefore);
        Set<String> lost = without(openBefore, openNow);
        log.intent(key, before, now, opened, lost);
        record(intent, EventRecorder.Severity.NORMAL, "RuleOpen", "Open", "Open now: ", opened);
        record(intent, EventRecorder.Severity.WARNING, "RuleLost", "Withdraw", "No longer open: ", lost);
        boolean conflictBefore = before.map(
                        status -> Conditions.hasReason(status.conditions(), Conditions.READY, Conditions.NAME_CONFLICT))
                .orElse(false);
        now.conditions().stream()
                .filter(condition -> condition.reason().equals(Conditions.NAME_CONFLICT) && !conflictBefore)
                .forEach(condition -> events.record(
                        intent,
                        EventRecorder.Severity.WARNING,
                        Conditions.NAME_CONFLICT,
                        "Write",
                        condition.message()));
    }

    private void record(
            ObjectReference intent,
            EventRecorder.Severity severity,
            String reason,
            String action,
            String opening,
            Set<String> rules) {
        if (!rules.isEmpty()) {
            events.record(intent, severity, reason, action, opening + String.join("; ", rules));
        }
    }

    private static Set<String> open(AccessIntentStatus status) {
        return status.rules().stream()
                .filter(rule -> rule.state() == RuleState.OPEN)
                .map(IntentReporter::described)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String described(RuleStatus rule) {
        return rule.rule() + " " + rule.peer();
    }

    private static Set<String> without(Set<String> some, Set<String> others) {
        return some.stream().filter(rule -> !others.contains(rule)).collect(Collectors.toCollection(TreeSet::new));
    }
}
