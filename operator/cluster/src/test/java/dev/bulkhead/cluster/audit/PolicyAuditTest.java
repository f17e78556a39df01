package dev.bulkhead.cluster.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.SetClock;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.cluster.log.RecordedLog;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.World;
import io.fabric8.kubernetes.api.model.APIGroupList;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolicyAuditTest {

    private static final int PATIENCE_SECONDS = 60;
    private static final DeclaredSegment SEGMENT = new DeclaredSegment(
            "town",
            ImmutableList.of("*"),
            ImmutableList.of(),
            ImmutableSet.of(Direction.EGRESS, Direction.INGRESS),
            DeclaredSegment.TrustBoundary.NAMESPACE,
            /* dns= */ true,
            /* verified= */ false);

    private final BlockingQueue<AuditResult> told = new LinkedBlockingQueue<>();

    /** The last one of evil's policies opens something, too, and is looked at after the millions of connections of the first. */
    @Test
    void aNamespaceThatTakesLongToLookAtMakesNoOtherWait() throws Exception {
        NetworkPolicy open = policy("evil", "z-open", List.of());
        InventorySnapshot snapshot = snapshot(
                List.of(closed("evil"), policy("evil", "a-heavy", addresses()), open), List.of(closed("shop"), hole()));
        try (PolicyAudit audit = audit(snapshot)) {
            audit.touch(Set.of("evil"));
            audit.start();
            audit.touch(Set.of("shop"));

            AuditResult first = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertEquals(
                    List.of("shop/hole"),
                    first.voided().stream()
                            .map(found -> found.policy().toString())
                            .toList());
        }
    }

    @Test
    void atTheStartEverythingIsLookedAt() throws Exception {
        try (PolicyAudit audit = audit(snapshot(List.of(), List.of(closed("shop"), hole())))) {
            audit.start();
            assertEquals(
                    1, told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS).voided().size());
        }
    }

    /** Otherwise nothing would be looked at any more, and nobody would notice. */
    @Test
    void aFailureDoesNotEndIt() throws Exception {
        InventorySnapshot snapshot = snapshot(List.of(), List.of(closed("shop"), hole()));
        AtomicInteger asked = new AtomicInteger();
        try (RecordedLog log = new RecordedLog(PolicyAudit.class);
                PolicyAudit audit = audit(() -> {
                    if (asked.getAndIncrement() == 0) {
                        throw new IllegalStateException("not now");
                    }
                    return snapshot;
                })) {
            audit.start();
            assertEquals(
                    1, told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS).voided().size());
            assertEquals(
                    1,
                    log.lines().stream()
                            .filter(line -> line.startsWith("WARN Audit failed"))
                            .count());
        }
    }

    private PolicyAudit audit(InventorySnapshot snapshot) {
        return audit(() -> snapshot);
    }

    private PolicyAudit audit(Supplier<InventorySnapshot> snapshots) {
        KubernetesClient client = mock(KubernetesClient.class);
        when(client.getApiGroups()).thenReturn(new APIGroupList());
        return new PolicyAudit(client, snapshots, told::add, new LogQuota(new SetClock()));
    }

    /** Allowed by the policy of ours in evil as well, so that no example ends the search. */
    private static List<NetworkPolicyPeer> addresses() {
        return IntStream.range(0, 5_000)
                .mapToObj(n -> new NetworkPolicyPeerBuilder()
                        .withNewIpBlock()
                        .withCidr("203.0.%d.%d/32".formatted(n / 256, n % 256))
                        .endIpBlock()
                        .build())
                .toList();
    }

    private static NetworkPolicy closed(String namespace) {
        NetworkPolicyPeer everything = new NetworkPolicyPeerBuilder()
                .withNewIpBlock()
                .withCidr("203.0.0.0/16")
                .endIpBlock()
                .build();
        return new NetworkPolicyBuilder(policy(namespace, "bulkhead-ours", List.of(everything)))
                .editMetadata()
                .addToLabels(Marker.labels(Marker.Role.BASELINE))
                .endMetadata()
                .build();
    }

    private static NetworkPolicy hole() {
        return policy("shop", "hole", List.of());
    }

    private static NetworkPolicy policy(String namespace, String name, List<NetworkPolicyPeer> from) {
        return new NetworkPolicyBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withUid(name)
                .withResourceVersion("1")
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .endPodSelector()
                .withPolicyTypes("Ingress")
                .addNewIngress()
                .withFrom(from)
                .endIngress()
                .endSpec()
                .build();
    }

    private static InventorySnapshot snapshot(List<NetworkPolicy> evil, List<NetworkPolicy> shop) {
        return new InventorySnapshot(
                World.withoutAddresses(
                        ImmutableSortedMap.of("evil", namespace("evil", 1000), "shop", namespace("shop", 1)),
                        ClusterFacts.unknown(false)),
                Declarations.of(List.of(), List.of(SEGMENT), List.of(), WellKnownPlaces.nothing(), List.of()),
                new Enrolment(ImmutableSortedMap.of("evil", SEGMENT, "shop", SEGMENT), ImmutableSortedMap.of()),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of("evil", live(evil), "shop", live(shop)));
    }

    private static ImmutableSortedMap<String, LivePolicy> live(List<NetworkPolicy> policies) {
        return policies.stream()
                .map(LivePolicy::of)
                .collect(ImmutableSortedMap.toImmutableSortedMap(
                        String::compareTo, live -> live.policy().key().name(), live -> live));
    }

    private static Namespace namespace(String name, int classes) {
        return new Namespace(
                name,
                ImmutableSortedMap.of(Namespace.NAME_LABEL, name),
                false,
                ImmutableMap.of(),
                ImmutableMap.of(),
                IntStream.range(0, classes)
                        .mapToObj(n -> new PodClass(
                                ImmutableSortedMap.of("pod", "p" + n), "default", ImmutableSortedSet.of(), false))
                        .collect(ImmutableSet.toImmutableSet()));
    }
}
