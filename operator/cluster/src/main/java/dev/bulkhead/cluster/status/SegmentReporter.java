package dev.bulkhead.cluster.status;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.SegmentConflict;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.api.v1alpha1.VoidedBy;
import dev.bulkhead.api.v1alpha1.WellKnownFound;
import dev.bulkhead.api.v1alpha1.WellKnownPeer;
import dev.bulkhead.api.v1alpha1.WellKnownSource;
import dev.bulkhead.cluster.audit.Audited;
import dev.bulkhead.cluster.audit.Voided;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.LiveStatus;
import dev.bulkhead.cluster.inventory.Rejection;
import dev.bulkhead.cluster.inventory.Snapshot;
import dev.bulkhead.core.compile.WellKnownMeaning;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says on each Segment which namespaces it has, and which it shares a claim to. */
public final class SegmentReporter {

    private static final String KIND = "Segment";
    private static final String CONFLICT = "Conflict";
    private static final String IDENTITY = "IdentityInForce";
    private static final String VOIDED = "Voided";
    private static final String BY_OTHERS = "PoliciesByOthers";
    private static final int MAXIMUM_VOIDED = 100;
    private static final int MAXIMUM_WRITER = 128;
    private static final int MAXIMUM_EXAMPLE = 1024;
    private static final String FOUGHT = "Fought";
    private static final String CHANGED_AGAIN = "ChangedAgainAndAgain";
    private static final String NOT_IN_FORCE = "PoliciesMissing";
    private static final int MAXIMUM_NAMESPACES = 500;
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
    private final StatusPublisher publisher;
    private final StatusWriter writer;
    private final EventRecorder events;
    private final Clock clock;
    private volatile Audited audited = Audited.NOTHING;
    private volatile List<Fight> fights = List.of();

    SegmentReporter(
            Inventory inventory, StatusPublisher publisher, StatusWriter writer, EventRecorder events, Clock clock) {
        this.inventory = inventory;
        this.publisher = publisher;
        this.writer = writer;
        this.events = events;
        this.clock = clock;
    }

    /** What policies by others open was looked at anew. */
    void audited(Audited found) {
        audited = found;
        report();
    }

    /** Policies are changed as often as they are put right, or are no longer. */
    public void fought(List<Fight> now) {
        if (!now.equals(fights)) {
            fights = List.copyOf(now);
            report();
        }
    }

    /** About all of them: who is enrolled where hangs together. */
    public void report() {
        publisher.submit(KIND, () -> {
            Snapshot snapshot = inventory.snapshot();
            snapshot.segmentRevisions()
                    .forEach((name, revision) -> inventory
                            .segmentStatus(name)
                            .filter(live -> live.revision().equals(revision))
                            .ifPresent(live -> publish(name, live, status(snapshot, name, live))));
            snapshot.segmentRejections()
                    .forEach((name, rejection) -> inventory
                            .segmentStatus(name)
                            .ifPresent(live -> publish(name, live, rejected(live, rejection))));
        });
    }

    private SegmentStatus status(Snapshot snapshot, String name, LiveStatus<SegmentStatus> live) {
        ImmutableSortedSet<String> members = snapshot.enrolment().members(name);
        List<SegmentConflict> conflicts = snapshot.enrolment().conflicts().entrySet().stream()
                .filter(conflict -> conflict.getValue().contains(name))
                .flatMap(conflict -> conflict.getValue().stream()
                        .filter(other -> !other.equals(name))
                        .map(other -> new SegmentConflict(conflict.getKey(), other)))
                .limit(MAXIMUM_NAMESPACES)
                .toList();
        List<Voided> voided = audited.voided().stream()
                .filter(found -> members.contains(found.policy().namespace()))
                .toList();
        Condition ready = conflicts.isEmpty()
                ? conditions(live)
                        .condition(Conditions.READY, true, "Enrolled", members.size() + " namespaces are enrolled.")
                : conditions(live)
                        .condition(
                                Conditions.READY,
                                false,
                                CONFLICT,
                                "Claimed by another segment with equal right, so nothing changes there: "
                                        + conflicts.stream()
                                                .map(conflict -> conflict.namespace() + " (" + conflict.segment() + ")")
                                                .collect(Collectors.joining(", "))
                                        + ". Make one of the patterns longer, or except the namespace from one.");
        return new SegmentStatus(
                live.revision().generation(),
                List.of(ready, identity(live), voided(live, voided), fought(live, members)),
                members.stream().limit(MAXIMUM_NAMESPACES).toList(),
                members.size(),
                snapshot.world().facts().identityInForce() ? inventory.unstampedPods(members) : null,
                voided.stream()
                        .limit(MAXIMUM_VOIDED)
                        .map(SegmentReporter::shown)
                        .toList(),
                audited.notJudged(),
                WellKnownMeaning.all(snapshot.world(), snapshot.declarations()).stream()
                        .map(SegmentReporter::shown)
                        .toList(),
                conflicts);
    }

    private static WellKnownFound shown(WellKnownMeaning meaning) {
        WellKnownSource source = meaning.said() ? WellKnownSource.SAID : WellKnownSource.FOUND;
        return new WellKnownFound(
                WellKnownPeer.valueOf(meaning.name().name()),
                meaning.resolved() ? source : WellKnownSource.MISSING,
                Conditions.shortened(meaning.words(), MAXIMUM_EXAMPLE));
    }

    private Condition identity(LiveStatus<SegmentStatus> live) {
        List<String> flaws = inventory.identityFlaws();
        return flaws.isEmpty()
                ? conditions(live)
                        .condition(
                                IDENTITY,
                                true,
                                "Stamped",
                                "The API server stamps pods with their service account and keeps the stamp true.")
                : conditions(live)
                        .condition(
                                IDENTITY,
                                false,
                                NOT_IN_FORCE,
                                "Nobody vouches for service accounts; labels stand for them, as far as they can: "
                                        + String.join("; ", flaws) + ". The chart installs them (identity.enabled).");
    }

    private Condition voided(LiveStatus<SegmentStatus> live, List<Voided> voided) {
        if (voided.isEmpty()) {
            return conditions(live)
                    .condition(VOIDED, false, "NothingWidened", "No policy by others opens what no intent asks for.");
        }
        Voided first = voided.get(0);
        return conditions(live)
                .condition(
                        VOIDED,
                        true,
                        BY_OTHERS,
                        voided.size() + (voided.size() == 1 ? " policy by others opens" : " policies by others open")
                                + " what no intent asks for, such as " + first.policy()
                                + (first.writer().isEmpty() ? "" : " (last written by " + first.writer() + ")") + ": "
                                + first.opens()
                                + ". Declare what is needed in AccessIntents, and take the policy away.");
    }

    private Condition fought(LiveStatus<SegmentStatus> live, ImmutableSortedSet<String> members) {
        List<Fight> here = fights.stream()
                .filter(fight -> members.contains(fight.policy().namespace()))
                .toList();
        return here.isEmpty()
                ? conditions(live).condition(FOUGHT, false, "NobodyElseWrites", "What Bulkhead writes stays as it is.")
                : conditions(live)
                        .condition(
                                FOUGHT,
                                true,
                                CHANGED_AGAIN,
                                "Changed as often as they are put right, now less and less often: "
                                        + here.stream().map(Fight::toString).collect(Collectors.joining(", "))
                                        + ". Find who does it and change the AccessIntents instead; reservedPolicies.enabled"
                                        + " of the chart keeps others from it.");
    }

    private static VoidedBy shown(Voided voided) {
        return new VoidedBy(
                voided.policy().toString(),
                voided.writer().isEmpty() ? null : Conditions.shortened(voided.writer(), MAXIMUM_WRITER),
                Conditions.shortened(voided.opens(), MAXIMUM_EXAMPLE));
    }

    private SegmentStatus rejected(LiveStatus<SegmentStatus> live, Rejection rejection) {
        String consequence = rejection.meaningKept()
                ? "What it said before stays in force."
                : "No namespace is released while it is not known what this means.";
        Condition ready = conditions(live)
                .condition(
                        Conditions.READY,
                        false,
                        "Invalid",
                        "This cannot be read: " + rejection.message() + ". " + consequence);
        return new SegmentStatus(
                live.revision().generation(),
                List.of(ready),
                List.of(),
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private Conditions conditions(LiveStatus<SegmentStatus> live) {
        return new Conditions(
                live.status().map(SegmentStatus::conditions).orElse(List.of()),
                live.revision().generation(),
                clock);
    }

    private void publish(String name, LiveStatus<SegmentStatus> live, SegmentStatus now) {
        inventory.segmentStatusMeant(name, now);
        if (live.status().equals(Optional.of(now))) {
            return;
        }
        writer.write(KIND, null, name, live.revision().uid(), now, CLEARED, ABSENT);
        inventory.segmentStatusWritten(name, new LiveStatus<>(live.revision(), Optional.of(now)));
        record(name, live, now, Conditions.READY, CONFLICT, "Enrol", /* evenAtFirst= */ true);
        record(name, live, now, VOIDED, BY_OTHERS, "Audit", /* evenAtFirst= */ true);
        record(name, live, now, FOUGHT, CHANGED_AGAIN, "Repair", /* evenAtFirst= */ true);
        record(name, live, now, IDENTITY, NOT_IN_FORCE, "Verify", /* evenAtFirst= */ false);
    }

    /** An event where the condition has come to have this reason, or, if so said, has it from the start. */
    private void record(
            String name,
            LiveStatus<SegmentStatus> live,
            SegmentStatus now,
            String type,
            String reason,
            String action,
            boolean evenAtFirst) {
        boolean news = live.status()
                .map(status -> !Conditions.hasReason(status.conditions(), type, reason))
                .orElse(evenAtFirst);
        now.conditions().stream()
                .filter(condition -> news
                        && condition.type().equals(type)
                        && condition.reason().equals(reason))
                .forEach(condition -> events.record(
                        new ObjectReferenceBuilder()
                                .withApiVersion("bulkhead.dev/v1alpha1")
                                .withKind(KIND)
                                .withName(name)
                                .withUid(live.revision().uid())
                                .build(),
                        EventRecorder.Severity.WARNING,
                        reason,
                        action,
                        condition.message()));
    }
}
