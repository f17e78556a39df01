package dev.bulkhead.app.snapshot;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Table;
import com.google.common.collect.TreeBasedTable;
import dev.bulkhead.api.v1alpha1.AccessIntent;
import dev.bulkhead.api.v1alpha1.AccessIntentStatus;
import dev.bulkhead.api.v1alpha1.Segment;
import dev.bulkhead.api.v1alpha1.SegmentStatus;
import dev.bulkhead.app.manifest.Finding;
import dev.bulkhead.app.manifest.Manifest;
import dev.bulkhead.app.manifest.UnreadMaker;
import dev.bulkhead.cluster.decode.IdentityMode;
import dev.bulkhead.cluster.decode.InvalidDeclarationException;
import dev.bulkhead.cluster.decode.ObjectProblem;
import dev.bulkhead.cluster.decode.OfferReader;
import dev.bulkhead.cluster.decode.PodReader;
import dev.bulkhead.cluster.decode.PolicyReader;
import dev.bulkhead.cluster.decode.TopologyBuilder;
import dev.bulkhead.cluster.decode.UnreadableObjectException;
import dev.bulkhead.cluster.decode.WorldBuilder;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.World;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Puts a snapshot together from objects, in whatever order they come. */
final class SnapshotBuilder {

    private final Surroundings surroundings;
    private final WorldBuilder world;
    private final TopologyBuilder topology;
    private final PolicyReader policyReader = new PolicyReader();
    private final SortedMap<NetworkPolicy.Key, NetworkPolicy> policies = new TreeMap<>();
    private final Set<NetworkPolicy.Key> offered = new TreeSet<>();
    private final List<Manifest.Key> notJudged = new ArrayList<>();
    private final List<Caveat> caveats = new ArrayList<>();
    /** How many there are of each kind, by namespace. */
    private final Table<String, String, Integer> unreadMakers = TreeBasedTable.create();

    private final List<SegmentStatus> segmentStatuses = new ArrayList<>();
    private final ListMultimap<String, AccessIntentStatus> intentStatuses = ArrayListMultimap.create();
    private final Map<Manifest.Key, Manifest> manifests = new LinkedHashMap<>();

    SnapshotBuilder(Surroundings surroundings) {
        this.surroundings = surroundings;
        PodReader pods = new PodReader();
        this.world = new WorldBuilder(pods, surroundings.identity(), surroundings.networks());
        this.topology = new TopologyBuilder(pods, surroundings.identity() == IdentityMode.VERIFIED);
    }

    /** @param findings takes what is wrong with objects, which are then left out */
    void add(ImmutableList<Manifest> all, Consumer<Finding> findings) {
        // Policies are the longest to read, and each can be read by itself.
        all.parallelStream().map(this::step).toList().forEach(step -> step.accept(findings));
    }

    private Consumer<Consumer<Finding>> step(Manifest manifest) {
        if (!(manifest.object() instanceof io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy policy)) {
            return findings -> add(manifest, findings);
        }
        try {
            NetworkPolicy read = policyReader.read(policy);
            return findings -> {
                add(read, policy.getMetadata());
                manifests.put(manifest.key(), manifest);
            };
        } catch (UnreadableObjectException e) {
            return findings -> {
                addUnreadable(policy.getMetadata(), e);
                report(manifest, e.problems(), findings);
            };
        }
    }

    /** What it means is not known; that it is there is. */
    private void addUnreadable(ObjectMeta policy, UnreadableObjectException problem) {
        caveats.add(Caveat.unreadable(policy.getNamespace(), policy.getName(), problem.getMessage()));
    }

    /**
     * Something of a cluster, where a policy that is not understood is no reason to answer nothing.
     *
     * @throws InvalidDeclarationException for one of our kinds that means nothing
     * @throws UnreadableObjectException for another one that means nothing
     */
    void addLive(HasMetadata object) {
        if (!(object instanceof io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy policy)) {
            add(object);
            return;
        }
        try {
            add(policyReader.read(policy), policy.getMetadata());
        } catch (UnreadableObjectException e) {
            addUnreadable(policy.getMetadata(), e);
        }
    }

    private void add(Manifest manifest, Consumer<Finding> findings) {
        try {
            add(manifest.object());
            manifests.put(manifest.key(), manifest);
        } catch (InvalidDeclarationException e) {
            report(manifest, e.problems(), findings);
        } catch (UnreadableObjectException e) {
            report(manifest, e.problems(), findings);
        }
    }

    private void add(NetworkPolicy policy, ObjectMeta metadata) {
        policies.put(policy.key(), policy);
        if (OfferReader.isOffered(metadata)) {
            offered.add(policy.key());
        } else {
            offered.remove(policy.key());
        }
    }

    private static void report(Manifest manifest, ImmutableList<ObjectProblem> problems, Consumer<Finding> findings) {
        problems.forEach(problem -> findings.accept(manifest.finding(problem.field(), problem.message())));
    }

    /**
     * @throws InvalidDeclarationException for one of our kinds that means nothing
     * @throws UnreadableObjectException for another one that means nothing
     */
    void add(HasMetadata object) {
        if (object instanceof io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy policy) {
            add(policyReader.read(policy), policy.getMetadata());
        } else if (object instanceof GenericKubernetesResource) {
            notJudged.add(Manifest.Key.of(object));
        } else if (object instanceof UnreadMaker) {
            String namespace = object.getMetadata().getNamespace();
            Integer before = unreadMakers.get(namespace, object.getKind());
            unreadMakers.put(namespace, object.getKind(), before == null ? 1 : before + 1);
        } else if (object instanceof Pod) {
            // What is refused is left out of both: of a pod the topology reads more, of anything else the world.
            topology.add(object);
            world.add(object);
        } else {
            world.add(object);
            topology.add(object);
            addStatus(object);
        }
    }

    private void addStatus(HasMetadata object) {
        if (object instanceof Segment segment && segment.getStatus() != null) {
            segmentStatuses.add(segment.getStatus());
        } else if (object instanceof AccessIntent intent && intent.getStatus() != null) {
            intentStatuses.put(intent.getMetadata().getNamespace(), intent.getStatus());
        }
    }

    private ImmutableList<Caveat> caveats(World built) {
        return Stream.concat(
                        built.namespaces().keySet().stream()
                                .flatMap(namespace ->
                                        HeldWrites.in(namespace, segmentStatuses, intentStatuses.get(namespace))
                                                .stream()),
                        Stream.concat(
                                caveats.stream(),
                                unreadMakers.cellSet().stream()
                                        .map(cell -> Caveat.unknownPods(
                                                cell.getRowKey(), cell.getColumnKey(), cell.getValue()))))
                .sorted(Comparator.comparing(Caveat::namespace).thenComparing(Caveat::text))
                .collect(ImmutableList.toImmutableList());
    }

    Snapshot build() {
        World built = world.world();
        return new Snapshot(
                built,
                world.declarations(ImmutableSet.<String>builder()
                        .addAll(Declarations.SYSTEM_NAMESPACES)
                        .add(surroundings.operatorNamespace())
                        .build()),
                topology.topology(),
                ImmutableSortedMap.copyOfSorted(policies),
                ImmutableSet.copyOf(offered),
                ImmutableList.copyOf(notJudged),
                caveats(built),
                ImmutableMap.copyOf(manifests));
    }
}
