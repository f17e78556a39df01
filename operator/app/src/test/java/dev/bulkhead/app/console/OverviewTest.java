package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.app.console.RandomTowns.Contents;
import dev.bulkhead.cluster.access.Scope;
import dev.bulkhead.cluster.access.User;
import dev.bulkhead.cluster.inventory.LiveView;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.world.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OverviewTest {

    private final Map<String, Contents> contents = new TreeMap<>();
    private final List<DeclaredSegment> segments = new ArrayList<>();

    private OverviewTest inhabited(String namespace, int workloads) {
        contents.put(namespace, LargeClusterTest.contents(namespace, workloads));
        return this;
    }

    private OverviewTest enforced(String namespace, Direction... directions) {
        return claimed(namespace, namespace, directions);
    }

    private OverviewTest claimed(String segment, String namespace, Direction... directions) {
        segments.add(new DeclaredSegment(
                segment,
                ImmutableList.of(namespace),
                ImmutableList.of(),
                ImmutableSet.copyOf(directions),
                DeclaredSegment.TrustBoundary.NAMESPACE,
                /* dns= */ true,
                /* verified= */ false));
        return this;
    }

    private Overview seenBy(Scope scope) {
        LiveView view = ViewOfTown.of(contents, segments, List.of());
        return Overview.of(
                new ViewedCluster(view, scope),
                new User("somebody", "", ImmutableList.of(), ImmutableSortedMap.of()),
                true);
    }

    private Overview seen() {
        return seenBy(new Scope(/* everything= */ true, ImmutableSortedSet.copyOf(contents.keySet())));
    }

    private List<String> listed() {
        return seen().namespaces().stream().map(Overview.OneNamespace::name).toList();
    }

    @Test
    void whereThereIsNoSegmentNothingIsEnforcedAndEveryNamespaceWithWorkloadsIsListed() {
        inhabited("shop", 2).inhabited("pay", 1).inhabited("empty", 0).inhabited("kube-system", 3);
        assertEquals(new Coverage(2, 0, 3, 0, 0), seen().coverage());
        assertEquals(List.of("pay", "shop"), listed());
    }

    @Test
    void aNamespaceIsCountedOnceAndItsWorkloadsInEachDirectionThatIsEnforced() {
        inhabited("shop", 2).inhabited("pay", 1).inhabited("web", 5).inhabited("open", 7);
        enforced("shop", Direction.INGRESS, Direction.EGRESS)
                .enforced("pay", Direction.EGRESS)
                .enforced("web");
        assertEquals(new Coverage(4, 2, 15, 2, 3), seen().coverage());
    }

    @Test
    void whoeverSeesSomeNamespacesIsToldOfThese() {
        inhabited("shop", 2).inhabited("pay", 1).enforced("pay", Direction.EGRESS);
        Overview overview = seenBy(new Scope(/* everything= */ false, ImmutableSortedSet.of("shop")));
        assertEquals(new Coverage(1, 0, 2, 0, 0), overview.coverage());
    }

    @Test
    void aNamespaceThatTwoSegmentsClaimIsNotShownAsOneOfNeither() {
        inhabited("shop", 2).claimed("commerce", "shop", Direction.INGRESS).claimed("store", "shop", Direction.EGRESS);

        Overview overview = seen();

        assertEquals(
                List.of(List.of("commerce", "store")),
                overview.namespaces().stream()
                        .map(Overview.OneNamespace::claimedBy)
                        .toList());
        assertEquals(
                List.of(List.of("shop"), List.of("shop")),
                overview.segments().stream().map(Overview.OneSegment::disputed).toList());
    }
}
