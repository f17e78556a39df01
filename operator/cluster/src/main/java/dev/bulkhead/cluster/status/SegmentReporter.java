package dev.bulkhead.cluster.status;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.ConditionStatus;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.cluster.audit.AuditResult;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.LiveStatus;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.core.policy.NetworkPolicy;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says on each Segment which namespaces it has, and which it shares a claim to. */
public final class SegmentReporter {

    private static final String KIND = "Segment";
    private static final Map<String, Object> CLEARED = Map.of(
            "namespaces",
            List.of(),
            "conflicts",
            List.of(),
            "voidedBy",
            List.of(),
            "notJudged",
            List.of(),
            "wellKnown",
            List.of());

    private static final Set<String> ABSENT = Set.of("namespaceCount", "unstampedPods");

    private final Inventory inventory;
    private final ReportQueue queue;
    private final StatusWriter writer;
    private final EventRecorder events;
    private final SegmentStatuses statuses;
    private final StatusLog log;
    private final EnrolmentLog enrolments = new EnrolmentLog();
    private volatile AuditResult audited = AuditResult.NOTHING;
    private volatile List<PolicyConflict> fights = List.of();
    private final Map<String, ImmutableSortedSet<NetworkPolicy.Key>> taken = new ConcurrentHashMap<>();
    private final Map<String, String> held = new ConcurrentHashMap<>();
    private final Map<String, String> failing = new ConcurrentHashMap<>();

    SegmentReporter(
            Inventory inventory,
            ReportQueue queue,
            StatusWriter writer,
            EventRecorder events,
            SegmentStatuses statuses,
            StatusLog log) {
        this.inventory = inventory;
        this.queue = queue;
        this.writer = writer;
        this.events = events;
        this.statuses = statuses;
        this.log = log;
    }

    /** What policies by others open was looked at anew. */
    void audited(AuditResult found) {
        audited = found;
        report();
    }

    /** Policies are changed as often as they are put right, or are no longer. */
    public void fought(List<PolicyConflict> now) {
        if (!now.equals(fights)) {
            log.fights(fights, now);
            fights = List.copyOf(now);
            report();
        }
    }

    /** What was last told of that. */
    public List<PolicyConflict> fights() {
        return fights;
    }

    /** These policies of the namespace, without which it is not enforced, have names that somebody else has taken. */
    public void taken(String namespace, ImmutableSortedSet<NetworkPolicy.Key> policies) {
        ImmutableSortedSet<NetworkPolicy.Key> before =
                policies.isEmpty() ? taken.remove(namespace) : taken.put(namespace, policies);
        if (!policies.equals(before == null ? ImmutableSortedSet.of() : before)) {
            report();
        }
    }

    /** Why something is not written in the namespace now; absent if everything is. */
    public void held(String namespace, Optional<String> why) {
        put(held, namespace, why);
    }

    /** Why the passes over the namespace fail; absent if they do not. */
    public void failing(String namespace, Optional<String> why) {
        put(failing, namespace, why);
    }

    private void put(Map<String, String> all, String namespace, Optional<String> text) {
        String before = text.isEmpty() ? all.remove(namespace) : all.put(namespace, text.get());
        if (!text.equals(Optional.ofNullable(before))) {
            report();
        }
    }

    /**
     * What is there when this replica starts to write is no news; and what statuses say of single namespaces stands until these
     * were looked at.
     */
    public void begin() {
        InventorySnapshot snapshot = inventory.snapshot();
        enrolments.begin(snapshot.enrolment());
        snapshot.segmentRevisions()
                .keySet()
                .forEach(name -> inventory
                        .segmentStatuses()
                        .status(name)
                        .flatMap(LiveStatus::status)
                        .ifPresent(this::resume));
    }

    private void resume(SegmentStatus said) {
        for (Condition condition : said.conditions()) {
            if (condition.type().equals(SegmentStatuses.HELD) && condition.status() == ConditionStatus.TRUE) {
                resume(said, condition, held);
            } else if (condition.type().equals(Conditions.READY)
                    && condition.reason().equals(Conditions.FAILING)) {
                resume(said, condition, failing);
            }
        }
    }

    private static void resume(SegmentStatus said, Condition condition, Map<String, String> texts) {
        said.namespaces()
                .forEach(namespace -> TextsByNamespace.of(namespace, condition.message(), said.namespaces())
                        .ifPresent(text -> texts.putIfAbsent(namespace, text)));
    }

    /** About all of them: who is enrolled where hangs together. */
    public void report() {
        queue.submit(KIND, () -> {
            InventorySnapshot snapshot = inventory.snapshot();
            enrolments.now(snapshot.enrolment());
            SegmentFindings findings = new SegmentFindings(
                    snapshot,
                    audited,
                    fights,
                    Map.copyOf(taken),
                    Map.copyOf(held),
                    Map.copyOf(failing),
                    inventory.identityFlaws());
            snapshot.segmentRevisions()
                    .forEach((name, revision) -> inventory
                            .segmentStatuses()
                            .status(name)
                            .filter(live -> live.revision().equals(revision))
                            .ifPresent(live -> publish(name, live, status(findings, name, live))));
            snapshot.segmentRejections()
                    .forEach((name, rejection) -> inventory
                            .segmentStatuses()
                            .status(name)
                            .ifPresent(live -> publish(name, live, statuses.rejected(live, rejection))));
        });
    }

    private SegmentStatus status(SegmentFindings findings, String name, LiveStatus<SegmentStatus> live) {
        int unstamped = inventory.unstampedPods(findings.snapshot().enrolment().members(name));
        return statuses.status(findings, name, live, unstamped);
    }

    private void publish(String name, LiveStatus<SegmentStatus> live, SegmentStatus now) {
        inventory.segmentStatuses().statusMeant(name, now);
        if (live.status().equals(Optional.of(now))) {
            return;
        }
        String version = writer.write(KIND, null, name, live.revision().uid(), now, CLEARED, ABSENT);
        inventory.segmentStatuses().statusWritten(name, new LiveStatus<>(live.revision(), Optional.of(now), version));
        log.object(
                "Segment changed",
                LogKey.SEGMENT,
                name,
                live.status().map(SegmentStatus::conditions).orElse(List.of()),
                now.conditions());
        for (ClusterNews news : ClusterNews.values()) {
            if (isNew(news, live.status(), now)) {
                events.record(
                        new ObjectReferenceBuilder()
                                .withApiVersion("bulkhead.dev/v1alpha1")
                                .withKind(KIND)
                                .withName(name)
                                .withUid(live.revision().uid())
                                .build(),
                        news);
            }
        }
    }

    /** Whether a condition has come to have this reason, or has it from the start where that is news. */
    private static boolean isNew(ClusterNews news, Optional<SegmentStatus> before, SegmentStatus now) {
        return holds(news, now) && !before.map(status -> holds(news, status)).orElse(!news.isNewsAtFirst());
    }

    private static boolean holds(ClusterNews news, SegmentStatus status) {
        return Conditions.hasReason(status.conditions(), news.condition(), news.reason());
    }
}
