package dev.bulkhead.cluster.status;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.SegmentConflict;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.api.v1alpha1.VoidedBy;
import dev.bulkhead.api.v1alpha1.WellKnownFound;
import dev.bulkhead.api.v1alpha1.WellKnownPeer;
import dev.bulkhead.api.v1alpha1.WellKnownSource;
import dev.bulkhead.cluster.audit.Voided;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.LiveStatus;
import dev.bulkhead.cluster.inventory.Rejection;
import dev.bulkhead.core.compile.WellKnownMeaning;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts what was found of a segment into the words of its status. */
final class SegmentStatuses {

    static final String CONFLICT = "Conflict";
    static final String IDENTITY = "IdentityInForce";
    static final String NOT_IN_FORCE = "PoliciesMissing";
    static final String VOIDED = "Voided";
    static final String BY_OTHERS = "PoliciesByOthers";
    static final String FOUGHT = "Fought";
    static final String HELD = "Held";
    static final String CHANGED_AGAIN = "ChangedAgainAndAgain";

    private static final int MAXIMUM_NAMESPACES = 500;
    private static final int MAXIMUM_VOIDED = 100;
    private static final int MAXIMUM_WRITER = 128;
    private static final int MAXIMUM_EXAMPLE = 1024;

    private final Clock clock;

    SegmentStatuses(Clock clock) {
        this.clock = clock;
    }

    /** @param unstamped how many of its pods lack the stamp */
    SegmentStatus status(SegmentFindings findings, String name, LiveStatus<SegmentStatus> live, int unstamped) {
        InventorySnapshot snapshot = findings.snapshot();
        ImmutableSortedSet<String> members = snapshot.enrolment().members(name);
        List<SegmentConflict> conflicts = snapshot.enrolment().conflicts().entrySet().stream()
                .filter(conflict -> conflict.getValue().segments().contains(name))
                .flatMap(conflict -> conflict.getValue().segments().stream()
                        .filter(other -> !other.equals(name))
                        .map(other -> new SegmentConflict(conflict.getKey(), other)))
                .limit(MAXIMUM_NAMESPACES)
                .toList();
        List<Voided> voided = findings.audited().voided().stream()
                .filter(found -> members.contains(found.policy().namespace()))
                .toList();
        return new SegmentStatus(
                live.revision().generation(),
                List.of(
                        ready(findings, live, members, conflicts),
                        identity(live, findings.identityFlaws()),
                        voided(live, voided),
                        fought(live, findings.fightsIn(members)),
                        held(live, members, findings.held())),
                members.stream().limit(MAXIMUM_NAMESPACES).toList(),
                members.size(),
                snapshot.world().facts().identityInForce() ? unstamped : null,
                voided.stream()
                        .limit(MAXIMUM_VOIDED)
                        .map(SegmentStatuses::shown)
                        .toList(),
                findings.audited().notJudged(),
                WellKnownMeaning.all(snapshot.world(), snapshot.declarations()).stream()
                        .map(SegmentStatuses::shown)
                        .toList(),
                conflicts);
    }

    private static WellKnownFound shown(WellKnownMeaning meaning) {
        WellKnownSource source = meaning.said() ? WellKnownSource.CONFIGURED : WellKnownSource.FOUND;
        return new WellKnownFound(
                WellKnownPeer.valueOf(meaning.name().name()),
                meaning.resolved() ? source : WellKnownSource.MISSING,
                Conditions.shortened(meaning.words(), MAXIMUM_EXAMPLE));
    }

    private Condition ready(
            SegmentFindings findings,
            LiveStatus<SegmentStatus> live,
            ImmutableSortedSet<String> members,
            List<SegmentConflict> conflicts) {
        List<String> taken = findings.takenIn(members);
        if (!conflicts.isEmpty()) {
            return conditions(live)
                    .condition(
                            Conditions.READY,
                            false,
                            CONFLICT,
                            "Claimed by another segment with equal right, so no change that is declared takes effect there: "
                                    + conflicts.stream()
                                            .map(conflict -> conflict.namespace() + " (" + conflict.segment() + ")")
                                            .collect(Collectors.joining(", "))
                                    + ". Take each out of one of the segments: off its list, or under except.");
        }
        Map<String, String> failing = in(members, findings.failing());
        if (!failing.isEmpty()) {
            return conditions(live)
                    .condition(
                            Conditions.READY,
                            false,
                            Conditions.FAILING,
                            "Policies cannot be written, which is tried again for ever: "
                                    + TextsByNamespace.listed(failing) + ".");
        }
        return taken.isEmpty()
                ? conditions(live)
                        .condition(
                                Conditions.READY,
                                true,
                                "Enrolled",
                                members.size() == 1
                                        ? "1 namespace is enrolled."
                                        : members.size() + " namespaces are enrolled.")
                : conditions(live)
                        .condition(
                                Conditions.READY,
                                false,
                                Conditions.NAME_CONFLICT,
                                "Policies of somebody else have the names of those that all pods of these namespaces need, and are"
                                        + " left alone: " + String.join(", ", taken)
                                        + ". Delete them, or give them other names.");
    }

    private Condition identity(LiveStatus<SegmentStatus> live, List<String> flaws) {
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

    private Condition fought(LiveStatus<SegmentStatus> live, List<PolicyConflict> here) {
        return here.isEmpty()
                ? conditions(live).condition(FOUGHT, false, "NobodyElseWrites", "What Bulkhead writes stays as it is.")
                : conditions(live)
                        .condition(
                                FOUGHT,
                                true,
                                CHANGED_AGAIN,
                                "Changed as often as they are put right, now less and less often: "
                                        + here.stream()
                                                .map(PolicyConflict::toString)
                                                .collect(Collectors.joining(", "))
                                        + ". Find who does it and change the AccessIntents instead; reservedPolicies.enabled"
                                        + " of the chart keeps others from it.");
    }

    private Condition held(LiveStatus<SegmentStatus> live, Set<String> members, Map<String, String> everywhere) {
        Map<String, String> here = in(members, everywhere);
        return here.isEmpty()
                ? conditions(live).condition(HELD, false, "NothingHeld", "Everything that is to be written is.")
                : conditions(live).condition(HELD, true, "WritesHeld", TextsByNamespace.listed(here) + ".");
    }

    private static Map<String, String> in(Set<String> members, Map<String, String> everywhere) {
        return new TreeMap<>(Maps.filterKeys(everywhere, members::contains));
    }

    private static VoidedBy shown(Voided voided) {
        return new VoidedBy(
                voided.policy().toString(),
                voided.writer().isEmpty() ? null : Conditions.shortened(voided.writer(), MAXIMUM_WRITER),
                Conditions.shortened(voided.opens(), MAXIMUM_EXAMPLE));
    }

    SegmentStatus rejected(LiveStatus<SegmentStatus> live, Rejection rejection) {
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
}
