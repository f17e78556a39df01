package dev.bulkhead.core.plan;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.NamedPort;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import dev.bulkhead.core.world.World;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Endpoints that stand for all others: of those that none of the given policies can tell apart, one. What holds between
 * witnesses holds between all pods that exist or that a workload would create, and all addresses.
 */
final class Witnesses {

    /** Of each family. Rules for anybody mean addresses outside, though no block be among the policies. */
    private static final ImmutableList<IpAddress> FIRST =
            ImmutableList.of(IpAddress.parse("0.0.0.0"), IpAddress.parse("::"));

    /** Each of them is looked at with each other: a team that makes thousands of policies for nobody gains nothing by it. */
    static final int MOST_UNANNOUNCED = 100;

    /** What the policies can see of an endpoint. */
    private record Features(String namespace, boolean hostNetwork, BitSet selectors, List<PortSet> names) {}

    private final Set<LabelSelector> podSelectors = new LinkedHashSet<>();
    private final Set<LabelSelector> namespaceSelectors = new LinkedHashSet<>();
    private final Set<IpBlock> blocks = new LinkedHashSet<>();
    private final Set<NamedPort> names = new LinkedHashSet<>();

    private boolean anybodyNamesPorts;

    /** What the policies of a namespace select, by its name. */
    private final SetMultimap<String, LabelSelector> subjects = LinkedHashMultimap.create();

    /** Only asked for where no order serves those to come as well. */
    private final Supplier<List<Endpoint>> existing;

    private final List<Endpoint> pods;

    private final Supplier<List<Endpoint>> unannounced;

    /**
     * @param world with its pods, and those that its workloads would create
     * @param policies those that should tell the witnesses apart
     */
    Witnesses(World world, Collection<NetworkPolicy> policies) {
        for (NetworkPolicy policy : policies) {
            subjects.put(policy.key().namespace(), policy.subject());
            podSelectors.add(policy.subject());
            for (Direction direction : Direction.values()) {
                policy.rules(direction).forEach(this::note);
            }
        }
        existing = Suppliers.memoize(() -> distinctPods(world, namespace -> namespace.pods().stream()));
        boolean stamping = world.facts().identityInForce();
        pods = distinctPods(world, namespace -> thereAndToCome(namespace, stamping));
        unannounced = Suppliers.memoize(() -> unannounced(world, stamping));
    }

    private void note(PolicyRule rule) {
        names.addAll(rule.ports().names());
        anybodyNamesPorts |= rule.peers().isEmpty() && !rule.ports().names().isEmpty();
        for (PolicyPeer peer : rule.peers().orElse(ImmutableList.of())) {
            peer.visit(
                    pods -> {
                        podSelectors.add(pods.pods());
                        pods.namespaces().ifPresent(namespaceSelectors::add);
                    },
                    addresses -> blocks.add(addresses.block()));
        }
    }

    static List<Endpoint> of(World world, Collection<NetworkPolicy> policies) {
        return new Witnesses(world, policies).all();
    }

    List<Endpoint> all() {
        List<Endpoint> all = new ArrayList<>(pods);
        all.addAll(addresses());
        return all;
    }

    /** Those that stand for pods that are there, and for addresses. */
    List<Endpoint> existing() {
        List<Endpoint> some = new ArrayList<>(existing.get());
        some.addAll(addresses());
        return some;
    }

    List<Endpoint> pods() {
        return pods;
    }

    /**
     * Pods that nothing announces, so far as a policy of their namespace selects them: those of a workload that is created
     * only while the writes go on. None where there would be more than {@link #MOST_UNANNOUNCED}.
     */
    List<Endpoint> unannounced() {
        return unannounced.get();
    }

    /** How many addresses there may be among them; told before they are looked for, which may take long. */
    long addressesAtMost() {
        return FIRST.size()
                + blocks.stream()
                        .mapToLong(block -> 2L + 2L * block.except().size())
                        .sum();
    }

    /** How often an address is held against a block to find them. */
    long costOfAddresses() {
        return addressesAtMost() * blocks.size();
    }

    /**
     * Of the namespaces that some policy is in or some rule selects; and one pod of all others, since to the policies those
     * are the same, unless a rule for anybody names ports.
     */
    private List<Endpoint> distinctPods(World world, Function<Namespace, Stream<PodClass>> classes) {
        Map<String, Namespace> seen = anybodyNamesPorts ? world.namespaces() : seen(world);
        List<Endpoint> distinct = distinctPods(seen.values(), classes);
        for (Namespace namespace : world.namespaces().values()) {
            boolean inhabited =
                    !namespace.pods().isEmpty() || !namespace.workloads().isEmpty();
            if (inhabited && !seen.containsKey(namespace.name())) {
                Optional<PodClass> other = classes.apply(namespace).findFirst();
                if (other.isPresent()) {
                    distinct.add(Endpoint.Pods.of(namespace.name(), other.get()));
                    return distinct;
                }
            }
        }
        return distinct;
    }

    private List<Endpoint> distinctPods(
            Collection<Namespace> namespaces, Function<Namespace, Stream<PodClass>> classes) {
        Map<Features, Endpoint> distinct = new LinkedHashMap<>();
        namespaces.forEach(namespace -> classes.apply(namespace)
                .forEach(pods ->
                        distinct.putIfAbsent(features(namespace, pods), Endpoint.Pods.of(namespace.name(), pods))));
        return new ArrayList<>(distinct.values());
    }

    /** By name, in order. */
    private SortedMap<String, Namespace> seen(World world) {
        SortedMap<String, Namespace> seen = new TreeMap<>();
        subjects.keySet().forEach(name -> world.namespace(name).ifPresent(found -> seen.put(name, found)));
        for (LabelSelector selector : namespaceSelectors) {
            world.selected(selector).forEach(found -> seen.put(found.name(), found));
        }
        return seen;
    }

    /** Those that are there, and those that may come while the writes go on: of a new template, or where there were none. */
    private static Stream<PodClass> thereAndToCome(Namespace namespace, boolean stamping) {
        return Stream.concat(
                namespace.pods().stream(),
                namespace.workloads().values().stream()
                        .map(workload -> stamping ? workload.newborn() : workload.template()));
    }

    private List<Endpoint> unannounced(World world, boolean stamping) {
        List<Endpoint> distinct = distinctPods(
                subjects.keySet().stream()
                        .sorted()
                        .flatMap(name -> world.namespace(name).stream())
                        .toList(),
                namespace -> unannounced(namespace, thereAndToCome(namespace, stamping)));
        return distinct.size() > MOST_UNANNOUNCED ? List.of() : distinct;
    }

    private Stream<PodClass> unannounced(Namespace namespace, Stream<PodClass> announced) {
        List<PodClass> known = announced.toList();
        return subjects.get(namespace.name()).stream()
                .filter(subject -> known.stream().noneMatch(pods -> isSelected(pods, subject)))
                .flatMap(subject -> subject.example().stream())
                .map(Witnesses::unannounced);
    }

    /** Pods of which only the labels are known; what a port's name means to them nothing tells. */
    private static PodClass unannounced(ImmutableSortedMap<String, String> labels) {
        return new PodClass(labels, "", ImmutableSortedSet.of(), /* hostNetwork= */ false);
    }

    private Features features(Namespace namespace, PodClass pods) {
        BitSet selectors = new BitSet();
        int i = 0;
        for (LabelSelector selector : podSelectors) {
            selectors.set(i++, selector.matches(pods.labels()));
        }
        for (LabelSelector selector : namespaceSelectors) {
            selectors.set(i++, selector.matches(namespace.labels()));
        }
        List<PortSet> numbers = names.stream()
                .map(name -> Ports.named(name.protocol(), name.name()).on(pods.ports()))
                .toList();
        String where = subjects.containsKey(namespace.name()) ? namespace.name() : "";
        return new Features(where, pods.hostNetwork(), selectors, numbers);
    }

    /** The first address of every part into which the blocks cut the addresses, the part that none of them holds among them. */
    private List<Endpoint> addresses() {
        Set<IpAddress> edges = new TreeSet<>(FIRST);
        for (IpBlock block : blocks) {
            edge(block.cidr(), edges);
            block.except().forEach(except -> edge(except, edges));
        }
        Map<BitSet, Endpoint> distinct = new HashMap<>();
        List<Endpoint> chosen = new ArrayList<>();
        for (IpAddress address : edges) {
            BitSet within = new BitSet();
            int i = 0;
            for (IpBlock block : blocks) {
                within.set(i++, block.contains(address));
            }
            Endpoint endpoint = new Endpoint.Outside(address);
            if (distinct.putIfAbsent(within, endpoint) == null) {
                chosen.add(endpoint);
            }
        }
        return chosen;
    }

    private static void edge(Cidr cidr, Set<IpAddress> edges) {
        edges.add(cidr.network());
        edges.add(cidr.last().next());
    }

    /** Which of the witnesses any of the policies selects, by index; never pods on the host's network. */
    static List<Integer> selected(List<Endpoint> witnesses, List<NetworkPolicy> policies) {
        List<Integer> selected = new ArrayList<>();
        for (int i = 0; i < witnesses.size(); i++) {
            if (witnesses.get(i).fold(pods -> isSelected(pods, policies), outside -> false)) {
                selected.add(i);
            }
        }
        return selected;
    }

    private static boolean isSelected(Endpoint.Pods pods, List<NetworkPolicy> policies) {
        return policies.stream()
                .anyMatch(policy ->
                        policy.key().namespace().equals(pods.namespace()) && isSelected(pods.pods(), policy.subject()));
    }

    private static boolean isSelected(PodClass pods, LabelSelector subject) {
        return !pods.hostNetwork() && subject.matches(pods.labels());
    }
}
