package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.RuleState;
import dev.bulkhead.api.v1alpha1.RuleStatus;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.api.v1alpha1.VoidedBy;
import dev.bulkhead.app.console.RandomTowns.Contents;
import dev.bulkhead.cluster.inventory.DeletionBlockers;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.LiveView;
import dev.bulkhead.cluster.inventory.NamespaceDeclarations;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Compiler;
import dev.bulkhead.core.compile.Enrolment;
import dev.bulkhead.core.compile.Idle;
import dev.bulkhead.core.compile.IntentOutcome;
import dev.bulkhead.core.compile.PoliciesByOthers;
import dev.bulkhead.core.compile.SegmentAssigner;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the operator knows of a town once it has written policies and statuses. */
final class ViewOfTown {

    private ViewOfTown() {}

    /** @param contents by namespace */
    static LiveView of(
            Map<String, Contents> contents, List<DeclaredSegment> segments, List<DeclaredGuardrail> guardrails) {
        World world = World.withoutAddresses(
                byName(contents.values(), one -> one.namespace().name(), Contents::namespace),
                ClusterFacts.unknown(/* identityInForce= */ true));
        List<DeclaredIntent> intents = contents.values().stream()
                .flatMap(one -> one.intents().stream())
                .toList();
        Declarations declarations = Declarations.of(
                intents, segments, guardrails, WellKnownPlaces.nothing(), Declarations.SYSTEM_NAMESPACES);
        Enrolment enrolment = new SegmentAssigner().enrol(world.namespaces().keySet(), declarations);
        ImmutableSortedMap<String, Compilation> compilations = new Compiler()
                .compile(
                        world,
                        PoliciesByOthers.none(),
                        declarations,
                        enrolment,
                        world.namespaces().keySet());
        return new LiveView(
                snapshot(
                        world,
                        declarations,
                        enrolment,
                        byName(contents.values(), one -> one.namespace().name(), one -> live(one, compilations))),
                byName(contents.values(), one -> one.namespace().name(), one -> ImmutableList.copyOf(one.pods())),
                byName(contents.values(), one -> one.namespace().name(), one -> statuses(one, compilations)),
                segmentStatuses(contents.values(), segments));
    }

    static InventorySnapshot snapshot(
            World world,
            Declarations declarations,
            Enrolment enrolment,
            ImmutableSortedMap<String, ImmutableSortedMap<String, LivePolicy>> policies) {
        return new InventorySnapshot(
                world,
                declarations,
                enrolment,
                ImmutableSortedMap.copyOf(Maps.transformValues(
                        declarations.intents(),
                        namespace -> new NamespaceDeclarations(
                                namespace, ImmutableSortedMap.of(), ImmutableSortedMap.of(), ImmutableSortedMap.of()))),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(),
                policies);
    }

    /** What is seen of another town, but in these namespaces what is written and published in this one. */
    static LiveView keeping(LiveView before, LiveView after, Collection<String> kept) {
        InventorySnapshot snapshot = after.snapshot();
        return new LiveView(
                snapshot(
                        snapshot.world(),
                        snapshot.declarations(),
                        snapshot.enrolment(),
                        mixed(before.snapshot().policies(), snapshot.policies(), kept)),
                after.pods(),
                mixed(before.intentStatuses(), after.intentStatuses(), kept),
                ImmutableSortedMap.copyOf(Maps.transformEntries(
                        after.segmentStatuses(),
                        (name, status) -> ofSegment(Stream.concat(
                                        voids(before.segmentStatuses().get(name), kept, true),
                                        voids(status, kept, false))
                                .toList()))));
    }

    private static Stream<VoidedBy> voids(SegmentStatus status, Collection<String> kept, boolean wanted) {
        return status.voidedBy().stream()
                .filter(policy -> kept.contains(policy.policy().replaceFirst("/.*", "")) == wanted);
    }

    private static <T> ImmutableSortedMap<String, T> mixed(
            Map<String, T> before, Map<String, T> after, Collection<String> kept) {
        ImmutableSortedMap.Builder<String, T> mixed = ImmutableSortedMap.naturalOrder();
        mixed.putAll(Maps.filterKeys(before, kept::contains));
        mixed.putAll(Maps.filterKeys(after, name -> !kept.contains(name)));
        return mixed.build();
    }

    private static <S, T> ImmutableSortedMap<String, T> byName(
            Collection<S> things, Function<S, String> name, Function<S, T> value) {
        return things.stream().collect(ImmutableSortedMap.toImmutableSortedMap(Comparator.naturalOrder(), name, value));
    }

    private static ImmutableSortedMap<String, LivePolicy> live(
            Contents contents, Map<String, Compilation> compilations) {
        List<NetworkPolicy> policies = new ArrayList<>(contents.others());
        policies.addAll(compilations.get(contents.namespace().name()).policies().values());
        return byName(policies, policy -> policy.key().name(), policy -> {
            boolean ours = !contents.others().contains(policy);
            return new LivePolicy(
                    policy,
                    "uid",
                    "1",
                    Instant.EPOCH,
                    /* annotated= */ ours,
                    /* offered= */ false,
                    ours ? "" : "somebody",
                    DeletionBlockers.NONE,
                    Optional.empty());
        });
    }

    private static ImmutableSortedMap<String, AccessIntentStatus> statuses(
            Contents contents, Map<String, Compilation> compilations) {
        Compilation compilation = compilations.get(contents.namespace().name());
        return byName(
                contents.intents(),
                intent -> intent.key().name(),
                intent -> status(compilation.intents().get(intent.key())));
    }

    private static AccessIntentStatus status(IntentOutcome outcome) {
        return new AccessIntentStatus(
                1L,
                List.of(),
                null,
                outcome.rules().stream()
                        .map(rule -> new RuleStatus(
                                rule.rule().place(),
                                rule.rule().peer().toString(),
                                RuleState.valueOf(rule.state().name()),
                                rule.message(),
                                rule.idle().map(Idle::message).orElse(null),
                                null))
                        .toList(),
                outcome.policies().stream().map(NetworkPolicy.Key::toString).toList(),
                "");
    }

    /** That every policy by others opens something: so hidden ones are spoken of in statuses that are seen. */
    private static ImmutableSortedMap<String, SegmentStatus> segmentStatuses(
            Collection<Contents> contents, List<DeclaredSegment> segments) {
        List<VoidedBy> voided = contents.stream()
                .flatMap(one -> one.others().stream())
                .map(policy -> new VoidedBy(policy.key().toString(), "somebody", "something of " + policy.key()))
                .toList();
        return byName(segments, DeclaredSegment::name, segment -> ofSegment(voided));
    }

    private static SegmentStatus ofSegment(List<VoidedBy> voided) {
        return new SegmentStatus(1L, List.of(), List.of(), null, null, voided, List.of(), List.of(), List.of());
    }
}
