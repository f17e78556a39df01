package dev.bulkhead.cluster.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.World;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamespaceAuditTest {

    private static final DeclaredSegment SEGMENT = new DeclaredSegment(
            "town",
            ImmutableList.of("shop"),
            ImmutableList.of(),
            ImmutableSet.of(Direction.EGRESS, Direction.INGRESS),
            DeclaredSegment.TrustBoundary.NAMESPACE,
            /* dns= */ true,
            /* verified= */ false);

    @Test
    void aPolicyThatCannotBeReadMayOpenAnythingWhereSomethingIsEnforced() {
        InventorySnapshot snapshot = snapshot(unreadable("shop"), unreadable("elsewhere"));
        assertEquals(List.of(), found(snapshot, "elsewhere"));
        List<Voided> found = found(snapshot, "shop");
        assertEquals(1, found.size());
        assertEquals("shop/strange", found.get(0).policy().toString());
        assertTrue(found.get(0).opens().contains("Sideways"), found.get(0).opens());
    }

    private static List<Voided> found(InventorySnapshot snapshot, String namespace) {
        NamespaceAudit audit = new NamespaceAudit(snapshot, namespace);
        assertTrue(audit.proceed(() -> 0, 1));
        return audit.found();
    }

    private static LivePolicy unreadable(String namespace) {
        return LivePolicy.of(new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("strange")
                .withUid("uid")
                .withResourceVersion("1")
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .withNewSpec()
                .withPolicyTypes("Sideways")
                .endSpec()
                .build());
    }

    private static InventorySnapshot snapshot(LivePolicy shop, LivePolicy elsewhere) {
        return new InventorySnapshot(
                World.withoutAddresses(
                        ImmutableSortedMap.of(
                                "shop", Namespace.empty("shop"), "elsewhere", Namespace.empty("elsewhere")),
                        ClusterFacts.unknown(false)),
                Declarations.of(List.of(), List.of(SEGMENT), List.of(), WellKnownPlaces.nothing(), List.of()),
                new Enrolment(ImmutableSortedMap.of("shop", SEGMENT), ImmutableSortedMap.of()),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(
                        "shop", ImmutableSortedMap.of("strange", shop),
                        "elsewhere", ImmutableSortedMap.of("strange", elsewhere)));
    }
}
