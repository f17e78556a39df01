package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.MapDifference;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.LiveView;
import dev.bulkhead.cluster.inventory.NamespaceDeclarations;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Pod;
import java.util.Comparator;
import java.util.Optional;

/** What people are shown at one moment, to be compared with what they are shown at the next. */
record ViewState(
        ImmutableSortedMap<String, OfNamespace> namespaces,
        ImmutableSortedMap<String, DeclaredSegment> segments,
        ImmutableSortedMap<String, SegmentStatus> segmentStatuses) {

    /**
     * Of one namespace, with nothing of any other one: what changes elsewhere is told to those alone who may see it there,
     * or once it has changed something here.
     */
    private record OfNamespace(
            Namespace namespace,
            ImmutableList<Pod> pods,
            NamespaceDeclarations declared,
            ImmutableSortedMap<String, AccessIntentStatus> statuses,
            ImmutableSortedMap<String, LivePolicy> policies,
            Optional<DeclaredSegment> segment) {}

    static ViewState of(LiveView view) {
        InventorySnapshot snapshot = view.snapshot();
        return new ViewState(
                snapshot.world().namespaces().values().stream()
                        .collect(ImmutableSortedMap.toImmutableSortedMap(
                                Comparator.naturalOrder(), Namespace::name, namespace -> of(view, namespace))),
                snapshot.declarations().segments(),
                view.segmentStatuses());
    }

    private static OfNamespace of(LiveView view, Namespace namespace) {
        String name = namespace.name();
        return new OfNamespace(
                namespace,
                view.pods().getOrDefault(name, ImmutableList.of()),
                view.snapshot().declared(name),
                view.intentStatuses().getOrDefault(name, ImmutableSortedMap.of()),
                view.snapshot().policies(name),
                view.snapshot().enrolment().segment(name));
    }

    /** Those that came, went, or look different. */
    ImmutableSet<String> changedNamespaces(ViewState before) {
        MapDifference<String, OfNamespace> difference = Maps.difference(before.namespaces, namespaces);
        return ImmutableSet.copyOf(Sets.union(
                difference.entriesDiffering().keySet(),
                Sets.union(
                        difference.entriesOnlyOnLeft().keySet(),
                        difference.entriesOnlyOnRight().keySet())));
    }

    /** Whether any segment, or what is said about it, looks different. */
    boolean segmentsChanged(ViewState before) {
        return !segments.equals(before.segments) || !segmentStatuses.equals(before.segmentStatuses);
    }
}
