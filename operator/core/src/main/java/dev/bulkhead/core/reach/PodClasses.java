package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Maps;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.ContainerPort;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.NamedPort;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The pods of a topology, taken together where no policy of a given set can tell them apart: labels that no selector
 * asks for and port names that no rule uses make no difference. Costs follow the number of classes, not of pods.
 */
final class PodClasses {

    /** The class of whatever serves Ingress objects; its namespace has a name that no namespace can have. */
    static final Endpoint.Pods INGRESS_CONTROLLER = Endpoint.Pods.of(
            "{ingress-controller}", new PodClass(ImmutableSortedMap.of(), "", ImmutableSortedSet.of(), false));

    private final ImmutableList<Endpoint.Pods> members;
    private final ImmutableListMultimap<String, Integer> byNamespace;
    private final Map<PodKey, Integer> numbers;
    private final Vocabulary vocabulary;

    /** A pod as far as the policies see it. */
    private record PodKey(
            String namespace, PodClass traits, ImmutableSet<Integer> ranges, ImmutableSet<Integer> families) {}

    private PodClasses(
            ImmutableList<Endpoint.Pods> members,
            ImmutableListMultimap<String, Integer> byNamespace,
            Map<PodKey, Integer> numbers,
            Vocabulary vocabulary) {
        this.members = members;
        this.byNamespace = byNamespace;
        this.numbers = numbers;
        this.vocabulary = vocabulary;
    }

    static PodClasses of(Topology topology, Collection<NetworkPolicy> policies, AddressPartition partition) {
        Vocabulary vocabulary = Vocabulary.of(policies, partition);
        List<Endpoint.Pods> members = new ArrayList<>();
        Map<PodKey, Integer> numbers = new HashMap<>();
        Map<PodClass, PodClass> reduced = new HashMap<>();
        members.add(INGRESS_CONTROLLER);
        topology.pods().forEach(pod -> {
            PodClass traits = reduced.computeIfAbsent(pod.traits(), vocabulary::reduce);
            numbers.computeIfAbsent(vocabulary.key(pod, traits), key -> {
                members.add(new Endpoint.Pods(pod.namespace(), traits, pod.addresses()));
                return members.size() - 1;
            });
        });
        ImmutableListMultimap.Builder<String, Integer> byNamespace = ImmutableListMultimap.builder();
        for (int i = 0; i < members.size(); i++) {
            byNamespace.put(members.get(i).namespace(), i);
        }
        return new PodClasses(ImmutableList.copyOf(members), byNamespace.build(), numbers, vocabulary);
    }

    int size() {
        return members.size();
    }

    /** A pod that stands for its class. */
    Endpoint.Pods member(int number) {
        return members.get(number);
    }

    ImmutableList<Integer> in(String namespace) {
        return byNamespace.get(namespace);
    }

    ImmutableSet<String> namespaces() {
        return byNamespace.keySet();
    }

    int numberOf(Pod pod) {
        return numbers.get(vocabulary.key(pod, vocabulary.reduce(pod.traits())));
    }

    /** What the policies can speak of. */
    private record Vocabulary(
            ImmutableSet<String> labels,
            ImmutableSet<NamedPort> portNames,
            boolean hasBlocks,
            AddressPartition partition) {

        static Vocabulary of(Collection<NetworkPolicy> policies, AddressPartition partition) {
            Set<String> labels = new HashSet<>();
            Set<NamedPort> names = new HashSet<>();
            Set<PolicyPeer.Addresses> blocks = new HashSet<>();
            for (NetworkPolicy policy : policies) {
                addTo(labels, policy.subject());
                for (Direction direction : policy.directions()) {
                    for (PolicyRule rule : policy.rules(direction)) {
                        names.addAll(rule.ports().names());
                        for (PolicyPeer peer : rule.peers().orElse(ImmutableList.of())) {
                            peer.visit(pods -> addTo(labels, pods.pods()), blocks::add);
                        }
                    }
                }
            }
            return new Vocabulary(
                    ImmutableSet.copyOf(labels), ImmutableSet.copyOf(names), !blocks.isEmpty(), partition);
        }

        private static void addTo(Set<String> labels, LabelSelector selector) {
            labels.addAll(selector.requirements().keySet());
        }

        PodClass reduce(PodClass traits) {
            return new PodClass(
                    ImmutableSortedMap.copyOf(Maps.filterKeys(traits.labels(), labels::contains)),
                    "",
                    traits.ports().stream()
                            .filter(this::isNamed)
                            .collect(ImmutableSortedSet.toImmutableSortedSet(ContainerPort::compareTo)),
                    traits.hostNetwork());
        }

        private boolean isNamed(ContainerPort port) {
            return portNames.contains(new NamedPort(port.protocol(), port.name()));
        }

        PodKey key(Pod pod, PodClass reduced) {
            if (!hasBlocks) {
                return new PodKey(pod.namespace(), reduced, ImmutableSet.of(), ImmutableSet.of());
            }
            return new PodKey(
                    pod.namespace(),
                    reduced,
                    pod.addresses().stream().map(partition::indexOf).collect(ImmutableSet.toImmutableSet()),
                    Endpoint.Pods.of(pod).families());
        }
    }
}
