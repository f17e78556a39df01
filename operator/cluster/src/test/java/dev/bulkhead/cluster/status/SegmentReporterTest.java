package dev.bulkhead.cluster.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.common.base.Ticker;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.api.v1alpha1.Condition;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.cluster.apply.WriteCounters;
import dev.bulkhead.cluster.inventory.Inventory;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.LiveStatus;
import dev.bulkhead.cluster.inventory.Revision;
import dev.bulkhead.cluster.inventory.Statuses;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.World;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SegmentReporterTest {

    private static final DeclaredSegment TOWN = new DeclaredSegment(
            "town",
            ImmutableList.of("shop", "pay"),
            ImmutableList.of(),
            ImmutableSet.copyOf(Direction.values()),
            DeclaredSegment.TrustBoundary.NAMESPACE,
            /* dns= */ false,
            /* verified= */ false);
    private static final Revision REVISION = new Revision("uid", 1);

    private final Inventory inventory = mock();
    private final Statuses<String, SegmentStatus> statuses = mock();
    private Optional<SegmentStatus> status = Optional.empty();

    @BeforeEach
    void know() {
        when(inventory.snapshot()).thenReturn(snapshot());
        when(inventory.segmentStatuses()).thenReturn(statuses);
        when(inventory.identityFlaws()).thenReturn(ImmutableList.of());
        when(statuses.status("town")).thenAnswer(call -> Optional.of(new LiveStatus<>(REVISION, status, "1")));
        doAnswer(call -> status = call.<LiveStatus<SegmentStatus>>getArgument(1).status())
                .when(statuses)
                .statusWritten(any(), any());
    }

    /** Only then it can tell itself. */
    @Test
    void whatANamespaceWasHeldByIsToldAfterARestartUntilItIsLookedAt() {
        Reports first = new Reports();
        first.segments.held("shop", Optional.of("no guardrail can be read"));
        first.segments.held("pay", Optional.of("its intents cannot be read"));
        first.send();
        assertEquals("TRUE pay: its intents cannot be read; shop: no guardrail can be read.", told("Held"));

        Reports next = new Reports();
        next.segments.begin();
        next.segments.report();
        next.send();
        assertEquals("TRUE pay: its intents cannot be read; shop: no guardrail can be read.", told("Held"));

        next.segments.held("shop", Optional.empty());
        next.send();
        assertEquals("TRUE pay: its intents cannot be read.", told("Held"));
        next.segments.held("pay", Optional.empty());
        next.send();
        assertEquals("FALSE Everything that is to be written is.", told("Held"));
    }

    @Test
    void soIsThatItsPassesFail() {
        Reports first = new Reports();
        first.segments.failing("shop", Optional.of("exceeded quota"));
        first.send();

        Reports next = new Reports();
        next.segments.begin();
        next.segments.report();
        next.send();
        assertEquals(
                "FALSE Policies cannot be written, which is tried again for ever: shop: exceeded quota.",
                told("Ready"));

        next.segments.failing("shop", Optional.empty());
        next.send();
        assertEquals("TRUE", told("Ready").substring(0, 4));
    }

    private String told(String type) {
        Condition found = status.orElseThrow().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
        return found.status() + " " + found.message();
    }

    /** What one process has to say. */
    private final class Reports {

        private final ReportQueue queue =
                new ReportQueue(namespace -> false, Ticker.systemTicker(), new LogQuota(Clock.systemUTC()));
        private final SegmentReporter segments;

        private Reports() {
            StatusApi api = mock();
            when(api.patch(any(), any(), any(), any(), any())).thenReturn("2");
            LogQuota quota = new LogQuota(Clock.systemUTC());
            segments = new SegmentReporter(
                    inventory,
                    queue,
                    new StatusWriter(api, new KubernetesSerialization(), new WriteCounters(key -> false)),
                    new EventRecorder(api, new WriteCounters(key -> false), Clock.systemUTC(), "operator", quota),
                    new SegmentStatuses(Clock.systemUTC()),
                    new StatusLog(quota));
        }

        private void send() {
            while (queue.isDue()) {
                queue.sendNext();
            }
        }
    }

    private static InventorySnapshot snapshot() {
        return new InventorySnapshot(
                World.withoutAddresses(
                        ImmutableSortedMap.of("pay", Namespace.empty("pay"), "shop", Namespace.empty("shop")),
                        ClusterFacts.unknown(/* identityInForce= */ true)),
                Declarations.of(List.of(), List.of(TOWN), List.of(), WellKnownPlaces.nothing(), List.of()),
                new Enrolment(ImmutableSortedMap.of("pay", TOWN, "shop", TOWN), ImmutableSortedMap.of()),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of("town", REVISION),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of());
    }
}
