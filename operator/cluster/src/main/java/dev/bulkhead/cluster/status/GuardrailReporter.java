package dev.bulkhead.cluster.status;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Sets;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.GuardrailSegment;
import dev.bulkhead.api.v1alpha1.GuardrailStatus;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.LiveStatus;
import dev.bulkhead.cluster.inventory.Rejection;
import dev.bulkhead.cluster.log.LogKey;
import dev.bulkhead.core.compile.SegmentClaim;
import dev.bulkhead.core.compile.UnresolvedGuardrails;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Says on each Guardrail whether it is in force, and which namespaces belong to the segments that it names. */
public final class GuardrailReporter {

    private static final String KIND = "Guardrail";
    private static final int MAXIMUM_SEGMENTS = 64;
    /** What has more is left to the operator: without some of them too much would be refused. */
    private static final int MAXIMUM_EXCEPTIONS = 1000;

    private static final Map<String, Object> CLEARED = Map.of("segments", List.of());

    private final Inventory inventory;
    private final ReportQueue queue;
    private final StatusWriter writer;
    private final StatusLog log;
    private final Clock clock;

    GuardrailReporter(Inventory inventory, ReportQueue queue, StatusWriter writer, StatusLog log, Clock clock) {
        this.inventory = inventory;
        this.queue = queue;
        this.writer = writer;
        this.log = log;
        this.clock = clock;
    }

    /** About all of them: each depends on all segments. */
    public void report() {
        queue.submit(KIND, () -> {
            InventorySnapshot snapshot = inventory.snapshot();
            ImmutableSortedMap<String, String> unresolved =
                    UnresolvedGuardrails.of(snapshot.world(), snapshot.declarations());
            snapshot.guardrailRevisions()
                    .forEach((name, revision) -> inventory
                            .guardrailStatuses()
                            .status(name)
                            .filter(live -> live.revision().equals(revision))
                            .ifPresent(live -> publish(
                                    name,
                                    live,
                                    understood(snapshot, name, live, Optional.ofNullable(unresolved.get(name))))));
            snapshot.guardrailRejections()
                    .forEach((name, rejection) -> inventory
                            .guardrailStatuses()
                            .status(name)
                            .ifPresent(live -> publish(name, live, rejected(live, rejection))));
        });
    }

    /** @param unresolved why it is not known whom it names; absent where it is */
    private GuardrailStatus understood(
            InventorySnapshot snapshot, String name, LiveStatus<GuardrailStatus> live, Optional<String> unresolved) {
        DeclaredGuardrail guardrail = snapshot.declarations().guardrails().get(name);
        List<GuardrailSegment> segments = segments(guardrail).stream()
                .flatMap(segment -> SegmentClaim.of(segment, snapshot.declarations()).stream()
                        .filter(claim -> claim.except().size() <= MAXIMUM_EXCEPTIONS)
                        .map(claim -> new GuardrailSegment(
                                segment,
                                claim.patterns().asList(),
                                claim.except().asList())))
                .limit(MAXIMUM_SEGMENTS)
                .toList();
        Condition ready = unresolved
                .map(reason -> conditions(live)
                        .condition(
                                Conditions.READY,
                                false,
                                "Unresolved",
                                reason + ". Nothing opens anywhere until it is known what this forbids."))
                .orElseGet(() -> conditions(live)
                        .condition(Conditions.READY, true, "InForce", "Rules that break it are Forbidden."));
        return new GuardrailStatus(live.revision().generation(), List.of(ready), segments);
    }

    private static Set<String> segments(DeclaredGuardrail guardrail) {
        Set<String> names = new TreeSet<>();
        guardrail
                .limits()
                .forEach(limit -> names.addAll(
                        Sets.union(limit.from().segments(), limit.to().segments())));
        return names;
    }

    private GuardrailStatus rejected(LiveStatus<GuardrailStatus> live, Rejection rejection) {
        String consequence = rejection.meaningKept()
                ? "What it said before stays in force."
                : "Nothing opens anywhere while it is not known what this forbids.";
        Condition ready = conditions(live)
                .condition(
                        Conditions.READY,
                        false,
                        "Invalid",
                        "This cannot be read: " + rejection.message() + ". " + consequence);
        return new GuardrailStatus(
                live.revision().generation(),
                List.of(ready),
                live.status().map(GuardrailStatus::segments).orElse(List.of()));
    }

    private Conditions conditions(LiveStatus<GuardrailStatus> live) {
        return new Conditions(
                live.status().map(GuardrailStatus::conditions).orElse(List.of()),
                live.revision().generation(),
                clock);
    }

    private void publish(String name, LiveStatus<GuardrailStatus> live, GuardrailStatus now) {
        inventory.guardrailStatuses().statusMeant(name, now);
        if (!live.status().equals(Optional.of(now))) {
            String version = writer.write(KIND, null, name, live.revision().uid(), now, CLEARED, Set.of());
            inventory
                    .guardrailStatuses()
                    .statusWritten(name, new LiveStatus<>(live.revision(), Optional.of(now), version));
            log.object(
                    "Guardrail changed",
                    LogKey.GUARDRAIL,
                    name,
                    live.status().map(GuardrailStatus::conditions).orElse(List.of()),
                    now.conditions());
        }
    }
}
