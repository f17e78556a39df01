package dev.bulkhead.cluster.reconcile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.cluster.inventory.DeletionBlockers;
import dev.bulkhead.cluster.inventory.InventorySnapshot;
import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.cluster.inventory.NamespaceDeclarations;
import dev.bulkhead.cluster.inventory.Rejection;
import dev.bulkhead.cluster.inventory.Revision;
import dev.bulkhead.cluster.render.PolicyRenderer;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.Dependencies;
import dev.bulkhead.core.compile.PolicyNames;
import dev.bulkhead.core.compile.SegmentAssigner;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredGuardrail;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.NamespaceIntents;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.plan.Planner;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A small cluster, put together by hand; each call of {@link #snapshot} shows it as it is then. */
final class TestCluster {

    static final String CREATED = "2026-06-01T00:00:00Z";

    private final SortedMap<String, Namespace> namespaces = new TreeMap<>();
    private final SortedMap<String, DeclaredSegment> segments = new TreeMap<>();
    private final SortedMap<String, Rejection> segmentRejections = new TreeMap<>();
    private final SortedMap<String, DeclaredGuardrail> guardrails = new TreeMap<>();
    private final SortedMap<String, Rejection> guardrailRejections = new TreeMap<>();
    private final SortedMap<String, Rejection> wellKnownRejections = new TreeMap<>();
    private final SortedMap<String, List<DeclaredIntent>> intents = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, Rejection>> intentRejections = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, Revision>> withdrawn = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, LivePolicy>> policies = new TreeMap<>();
    private long version;

    TestCluster namespace(String... names) {
        for (String name : names) {
            namespaces.put(name, Namespace.empty(name));
        }
        return this;
    }

    TestCluster namespaceGone(String name) {
        namespaces.remove(name);
        return this;
    }

    TestCluster terminating(String name) {
        Namespace empty = Namespace.empty(name);
        namespaces.put(
                name, new Namespace(name, empty.labels(), true, empty.services(), empty.workloads(), empty.pods()));
        return this;
    }

    TestCluster segment(
            String name, Set<Direction> enforced, DeclaredSegment.TrustBoundary boundary, String... members) {
        segments.put(
                name,
                new DeclaredSegment(
                        name,
                        ImmutableList.copyOf(members),
                        ImmutableList.of(),
                        ImmutableSet.copyOf(enforced),
                        boundary,
                        false,
                        false));
        return this;
    }

    TestCluster enforced(String segment, String... members) {
        return segment(segment, Set.of(Direction.values()), DeclaredSegment.TrustBoundary.NAMESPACE, members);
    }

    TestCluster unreadableSegment(String name) {
        segmentRejections.put(name, unreadable());
        return this;
    }

    TestCluster guardrail(DeclaredGuardrail guardrail) {
        guardrails.put(guardrail.name(), guardrail);
        return this;
    }

    /** One object of each kind that was understood before somebody changed it to what nobody understands. */
    TestCluster onceUnderstood(String namespace, String name) {
        Rejection kept = new Rejection(Optional.of(new Revision("uid", 2)), "it is broken", true);
        segmentRejections.put(name, kept);
        guardrailRejections.put(name, kept);
        wellKnownRejections.put(name, kept);
        intentRejections.computeIfAbsent(namespace, unknown -> new TreeMap<>()).put(name, kept);
        return this;
    }

    TestCluster unreadableGuardrail(String name) {
        guardrailRejections.put(name, unreadable());
        return this;
    }

    /** One that never decoded, and is gone. */
    TestCluster lostGuardrail(String name) {
        guardrailRejections.put(name, new Rejection(Optional.empty(), "it is broken", false));
        return this;
    }

    TestCluster unreadablePlaces() {
        wellKnownRejections.put("cluster", unreadable());
        return this;
    }

    TestCluster unreadableIntent(String namespace, String name) {
        intentRejections.computeIfAbsent(namespace, unknown -> new TreeMap<>()).put(name, unreadable());
        return this;
    }

    /** It is being deleted, and kept by a finalizer. */
    TestCluster withdrawnIntent(String namespace, String name) {
        withdrawn.computeIfAbsent(namespace, unknown -> new TreeMap<>()).put(name, new Revision("uid", 2));
        return this;
    }

    private static Rejection unreadable() {
        return new Rejection(Optional.of(new Revision("uid", 1)), "it is broken", false);
    }

    TestCluster intent(DeclaredIntent intent) {
        intents.computeIfAbsent(intent.key().namespace(), unknown -> new ArrayList<>())
                .add(intent);
        return this;
    }

    TestCluster live(NetworkPolicy... some) {
        for (NetworkPolicy policy : some) {
            policies.computeIfAbsent(policy.key().namespace(), unknown -> new TreeMap<>())
                    .put(policy.key().name(), livePolicy(policy, ++version));
        }
        return this;
    }

    /** By others, of which nobody knows what it allows. */
    TestCluster unreadablePolicy(String namespace, String name) {
        NetworkPolicy theirs = new NetworkPolicy(
                new NetworkPolicy.Key(namespace, name),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.of(Marker.UNREADABLE, "true"),
                LabelSelector.everything(),
                ImmutableSet.of(),
                ImmutableList.of(),
                ImmutableList.of());
        policies.computeIfAbsent(namespace, unknown -> new TreeMap<>())
                .put(
                        name,
                        new LivePolicy(
                                theirs,
                                "uid",
                                "1",
                                Instant.parse(CREATED),
                                true,
                                false,
                                "",
                                DeletionBlockers.NONE,
                                Optional.of("it is broken")));
        return this;
    }

    TestCluster gone(NetworkPolicy.Key key) {
        policies.get(key.namespace()).remove(key.name());
        return this;
    }

    /** When the policy was made; others were at {@link #CREATED}. */
    TestCluster created(NetworkPolicy.Key key, Instant time) {
        policies.get(key.namespace())
                .computeIfPresent(
                        key.name(),
                        (unchanged, live) -> new LivePolicy(
                                live.policy(),
                                live.uid(),
                                live.resourceVersion(),
                                time,
                                live.annotated(),
                                live.offered(),
                                live.writer(),
                                live.attachments(),
                                live.problem()));
        return this;
    }

    static LivePolicy livePolicy(NetworkPolicy policy, long version) {
        var object = new PolicyRenderer().render(policy);
        object.getMetadata().setUid("uid-" + policy.key());
        object.getMetadata().setResourceVersion(Long.toString(version));
        object.getMetadata().setCreationTimestamp(CREATED);
        return LivePolicy.of(object);
    }

    InventorySnapshot snapshot() {
        SortedMap<String, NamespaceIntents> meanings = new TreeMap<>();
        intents.forEach((namespace, some) -> meanings.put(namespace, NamespaceIntents.of(some)));
        SortedMap<String, NamespaceDeclarations> declared = new TreeMap<>();
        for (String namespace : namespaces.keySet()) {
            SortedMap<String, Revision> revisions = new TreeMap<>();
            intents.getOrDefault(namespace, List.of())
                    .forEach(intent -> revisions.put(intent.key().name(), new Revision("uid", 1)));
            SortedMap<String, Rejection> rejections = intentRejections.getOrDefault(namespace, new TreeMap<>());
            SortedMap<String, Revision> ending = withdrawn.getOrDefault(namespace, new TreeMap<>());
            if (!revisions.isEmpty() || !rejections.isEmpty() || !ending.isEmpty()) {
                declared.put(
                        namespace,
                        new NamespaceDeclarations(
                                meanings.getOrDefault(namespace, NamespaceIntents.none()),
                                ImmutableSortedMap.copyOf(revisions),
                                ImmutableSortedMap.copyOf(rejections),
                                ImmutableSortedMap.copyOf(ending)));
            }
        }
        SortedMap<String, Revision> segmentRevisions = new TreeMap<>();
        segments.keySet().forEach(name -> segmentRevisions.put(name, new Revision("uid", 1)));
        Declarations declarations = new Declarations(
                ImmutableSortedMap.copyOf(meanings),
                ImmutableSortedMap.copyOf(segments),
                ImmutableSortedMap.copyOf(guardrails),
                WellKnownPlaces.nothing(),
                ImmutableSet.of("kube-system"));
        SortedMap<String, ImmutableSortedMap<String, LivePolicy>> copies = new TreeMap<>();
        policies.forEach((namespace, some) -> copies.put(namespace, ImmutableSortedMap.copyOf(some)));
        return new InventorySnapshot(
                World.withoutAddresses(ImmutableSortedMap.copyOf(namespaces), ClusterFacts.unknown(false)),
                declarations,
                new SegmentAssigner().enrol(namespaces.keySet(), declarations),
                ImmutableSortedMap.copyOf(declared),
                ImmutableSortedMap.copyOf(segmentRevisions),
                ImmutableSortedMap.copyOf(segmentRejections),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.copyOf(guardrailRejections),
                ImmutableSortedMap.of(),
                ImmutableSortedMap.copyOf(wellKnownRejections),
                ImmutableSortedMap.copyOf(copies));
    }

    /** What a pass over the namespace begins with, if it should hold these policies. */
    ProposedWrites proposal(String namespace, NetworkPolicy... desired) {
        return proposal(namespace, Optional.empty(), Dependencies.none(), desired);
    }

    ProposedWrites proposal(String namespace, Optional<String> held, NetworkPolicy... desired) {
        return proposal(namespace, held, Dependencies.none(), desired);
    }

    /** What was concluded from these. */
    ProposedWrites proposal(String namespace, Dependencies dependencies, NetworkPolicy... desired) {
        return proposal(namespace, Optional.empty(), dependencies, desired);
    }

    /** What a pass over the namespace begins with, if policies by others may be taken over. */
    ProposedWrites offeredProposal(String namespace, Set<NetworkPolicy.Key> offered, NetworkPolicy... desired) {
        return offered(proposal(namespace, desired), offered);
    }

    static ProposedWrites offered(ProposedWrites proposal, Set<NetworkPolicy.Key> offered) {
        return new ProposedWrites(
                new Planner(), proposal.snapshot(), proposal.compilation(), ImmutableSet.copyOf(offered));
    }

    private ProposedWrites proposal(
            String namespace, Optional<String> held, Dependencies dependencies, NetworkPolicy... desired) {
        SortedMap<NetworkPolicy.Key, NetworkPolicy> policies = new TreeMap<>();
        for (NetworkPolicy policy : desired) {
            policies.put(policy.key(), policy);
        }
        return new ProposedWrites(
                new Planner(),
                snapshot(),
                new Compilation(
                        namespace, held, ImmutableSortedMap.copyOf(policies), ImmutableSortedMap.of(), dependencies),
                ImmutableSet.of());
    }

    /** One of ours, which allows all pods of these namespaces. */
    static NetworkPolicy allow(String namespace, String name, Direction direction, String... peers) {
        return policy(namespace, name, direction, LabelSelector.label("app", name), peers);
    }

    /** The one that isolates the whole namespace in these directions. */
    static NetworkPolicy baseline(String namespace, Direction... directions) {
        return new NetworkPolicy(
                new NetworkPolicy.Key(namespace, PolicyNames.BASELINE),
                Marker.labels(Marker.Role.BASELINE),
                ImmutableSortedMap.of(),
                LabelSelector.everything(),
                ImmutableSet.copyOf(directions),
                ImmutableList.of(),
                ImmutableList.of());
    }

    /** One of ours that isolates the whole namespace in this direction. */
    static NetworkPolicy isolating(String namespace, Direction direction) {
        return policy(
                namespace,
                "isolate-" + direction.policyType().toLowerCase(java.util.Locale.ROOT),
                direction,
                LabelSelector.everything());
    }

    private static NetworkPolicy policy(
            String namespace, String name, Direction direction, LabelSelector subject, String... peers) {
        ImmutableList<PolicyRule> rules = peers.length == 0
                ? ImmutableList.of()
                : ImmutableList.of(new PolicyRule(
                        Optional.of(ImmutableList.copyOf(List.of(peers).stream()
                                .<PolicyPeer>map(TestCluster::peer)
                                .toList())),
                        Ports.port(Protocol.TCP, 8080)));
        return new NetworkPolicy(
                new NetworkPolicy.Key(namespace, name),
                Marker.labels(Marker.Role.ALLOW),
                ImmutableSortedMap.of(),
                subject,
                ImmutableSet.of(direction),
                direction == Direction.INGRESS ? rules : ImmutableList.of(),
                direction == Direction.EGRESS ? rules : ImmutableList.of());
    }

    static PolicyPeer peer(String namespace) {
        return new PolicyPeer.Pods(
                Optional.of(LabelSelector.label(Namespace.NAME_LABEL, namespace)), LabelSelector.everything());
    }

    static Map<String, LivePolicy> byName(NetworkPolicy... policies) {
        Map<String, LivePolicy> byName = new TreeMap<>();
        for (NetworkPolicy policy : policies) {
            byName.put(policy.key().name(), livePolicy(policy, 1));
        }
        return byName;
    }
}
