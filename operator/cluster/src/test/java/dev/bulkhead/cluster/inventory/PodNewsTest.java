package dev.bulkhead.cluster.inventory;

import static dev.bulkhead.cluster.inventory.Contents.namespace;
import static dev.bulkhead.cluster.inventory.Contents.podClass;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.intent.WorkloadSelector;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Service;
import dev.bulkhead.core.world.Workload;
import dev.bulkhead.core.world.WorkloadName;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A database of a hundred pods, or a Job every minute, would wake the namespace with each of them. */
class PodNewsTest {

    private static final String POD_INDEX = "apps.kubernetes.io/pod-index";
    private static final LabelSelector FIRST = LabelSelector.label(POD_INDEX, "0");

    private final InventoryState state = new InventoryState(Set.of(), ClusterFacts.unknown(false));

    @BeforeEach
    void begin() {
        state.namespace("shop", Optional.of(namespace("shop")));
        state.segment("town", Sightings.of(Sightings.segment("town", "shop"), 1));
        state.complete();
    }

    @Test
    void aPodThatDiffersInItsOwnLabelsAloneIsKnownAndWakesNobody() {
        assertEquals(Set.of("shop"), nthPod(0).namespaces());
        assertSame(AffectedNamespaces.NOBODY, nthPod(1));
        assertEquals(2, classes());

        assertSame(AffectedNamespaces.NOBODY, state.pod("shop", "pod-0", Optional.empty()));
        assertEquals(1, classes());
        assertEquals(
                Set.of("shop"), state.pod("shop", "pod-1", Optional.empty()).namespaces());
        assertEquals(0, classes());
    }

    @ParameterizedTest
    @MethodSource
    void onceASelectorNamesSuchALabelEachOfThemWakesItsNamespace(Consumer<InventoryState> selecting) {
        nthPod(0);
        selecting.accept(state);

        assertEquals(Set.of("shop"), nthPod(1).namespaces());
        assertEquals(
                Set.of("shop"), state.pod("shop", "pod-0", Optional.empty()).namespaces());
    }

    static Stream<Named<Consumer<InventoryState>>> onceASelectorNamesSuchALabelEachOfThemWakesItsNamespace() {
        Workload.Key database = new Workload.Key("StatefulSet", "db");
        return Stream.of(
                Named.of(
                        "Service",
                        state -> state.service(
                                "shop",
                                "db-0",
                                Optional.of(new Service(
                                        "db-0", true, FIRST, ImmutableList.of(), ImmutableSortedSet.of())))),
                Named.of(
                        "StatefulSet",
                        state -> state.workload(
                                "shop", database, Optional.of(new Workload(database, FIRST, podClass("db"))))),
                Named.of(
                        "workload of an intent",
                        state -> intent(state, new WorkloadSelector.Labels(FIRST), new WorkloadSelector.All())),
                Named.of(
                        "peer of an intent",
                        state -> intent(state, new WorkloadSelector.All(), new WorkloadSelector.Labels(FIRST))),
                Named.of(
                        "well-known peer",
                        state -> state.wellKnown(Sightings.of(
                                new WellKnownPlaces(
                                        ImmutableMap.of(
                                                WellKnown.KUBE_DNS,
                                                new WellKnownPlaces.Pods(
                                                        "shop", new WorkloadSelector.Labels(FIRST), Ports.none())),
                                        ImmutableSortedSet.of()),
                                1))));
    }

    private static void intent(InventoryState state, WorkloadSelector workload, WorkloadSelector peer) {
        DeclaredIntent.Key key = new DeclaredIntent.Key("shop", "first");
        Rule rule = new Rule(Direction.EGRESS, 0, new Peer.OfWorkload("shop", peer), Ports.all(), "");
        state.intent(key, Sightings.of(new DeclaredIntent(key, workload, ImmutableList.of(rule)), 1));
    }

    private AffectedNamespaces nthPod(int index) {
        PodClass traits = new PodClass(
                ImmutableSortedMap.of("app", "db", POD_INDEX, Integer.toString(index)),
                "default",
                ImmutableSortedSet.of(),
                false);
        String name = "pod-" + index;
        WorkloadName workload = new WorkloadName("shop", "StatefulSet", "db");
        return state.pod("shop", name, Optional.of(new Pod("shop", name, workload, traits, ImmutableSortedSet.of())));
    }

    private int classes() {
        return state.snapshot().world().namespace("shop").orElseThrow().pods().size();
    }
}
