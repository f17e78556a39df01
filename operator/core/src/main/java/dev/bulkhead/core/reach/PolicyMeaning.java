package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Ports;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What single policies, and parts of them, mean among the pods that there are. For one thread. */
public final class PolicyMeaning {

    private final PodClasses classes;
    private final ImmutableList<Endpoint.Pods> ends;
    private final AddressPartition partition;
    private final PluginSemantics reading;
    private final PeerSets peers;
    private final PortTable table = new PortTable(MemoryLimit.none());
    private final ImmutableList<NetworkPolicy> policies;
    private final Map<String, List<NetworkPolicy>> byNamespace = new HashMap<>();

    public PolicyMeaning(Topology topology, Collection<NetworkPolicy> policies, PluginSemantics reading) {
        this.policies = ImmutableList.copyOf(policies);
        this.partition = AddressPartition.of(topology, policies);
        this.classes = PodClasses.of(topology, policies, partition);
        this.reading = reading;
        ImmutableList.Builder<Endpoint.Pods> members = ImmutableList.builder();
        // Without whatever serves Ingress objects: nothing is known of it.
        IntStream.range(0, classes.size()).forEach(number -> members.add(classes.member(number)));
        this.ends = members.build();
        this.peers = new PeerSets(classes, ends, new PeerMatch(topology.namespaces(), reading), MemoryLimit.none());
        this.policies.forEach(policy -> byNamespace
                .computeIfAbsent(policy.key().namespace(), namespace -> new ArrayList<>())
                .add(policy));
    }

    /** A pod for each kind of pod that the policy selects. */
    public ImmutableList<Endpoint.Pods> subjects(NetworkPolicy policy) {
        return classes.in(policy.key().namespace()).stream()
                .map(ends::get)
                .filter(end -> policy.subject().matches(end.pods().labels()))
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * A pod for each kind of pod that the peer means.
     *
     * @param home the namespace of the policy that has the peer
     */
    public ImmutableList<Endpoint.Pods> meant(PolicyPeer peer, String home) {
        BitSet meant = peers.of(new PolicyRule(Optional.of(ImmutableList.of(peer)), Ports.all()), home);
        meant.clear(0);
        return meant.stream().mapToObj(ends::get).collect(ImmutableList.toImmutableList());
    }

    /** The policies that select these pods in a direction, in the order in which all were given. */
    public ImmutableList<NetworkPolicy> isolating(Direction direction, Endpoint.Pods pods) {
        return byNamespace.getOrDefault(pods.namespace(), List.of()).stream()
                .filter(policy -> reading.recognizes(pods)
                        && policy.directions().contains(direction)
                        && policy.subject().matches(pods.pods().labels()))
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * Policies that change nothing, since others that select the same pods allow all that they allow. Of several that say
     * the same the first is not among them.
     */
    public ImmutableSet<NetworkPolicy.Key> withoutEffect() {
        Map<NetworkPolicy.Key, Boolean> needless = new HashMap<>();
        for (Direction direction : Direction.values()) {
            for (int self = 1; self < ends.size(); self++) {
                List<NetworkPolicy> isolating = isolating(direction, ends.get(self));
                List<int[]> rows = new ArrayList<>();
                for (NetworkPolicy policy : isolating) {
                    rows.add(row(direction, self, policy));
                }
                judge(isolating, rows, needless);
            }
        }
        return policies.stream()
                .map(NetworkPolicy::key)
                .filter(key -> needless.getOrDefault(key, false))
                .collect(ImmutableSet.toImmutableSet());
    }

    /** From the last to the first, against those that are still needed. */
    private void judge(List<NetworkPolicy> isolating, List<int[]> rows, Map<NetworkPolicy.Key, Boolean> needless) {
        for (int i = isolating.size() - 1; i >= 0; i--) {
            NetworkPolicy.Key key = isolating.get(i).key();
            if (!needless.getOrDefault(key, true)) {
                continue;
            }
            int[] others = new int[rows.get(i).length];
            boolean any = false;
            for (int j = 0; j < rows.size(); j++) {
                boolean counts = j < i
                        || (j > i && !needless.getOrDefault(isolating.get(j).key(), true));
                if (counts) {
                    any = true;
                    for (int other = 0; other < others.length; other++) {
                        others[other] = table.union(others[other], rows.get(j)[other]);
                    }
                }
            }
            int[] own = rows.get(i);
            boolean covered = any
                    && IntStream.range(0, own.length)
                            .allMatch(other -> table.union(others[other], own[other]) == others[other]);
            needless.put(key, covered);
        }
    }

    /** What one policy allows one class towards all classes and all ranges outside. */
    private int[] row(Direction direction, int self, NetworkPolicy policy) {
        List<ImmutableList<NetworkPolicy>> alone =
                new ArrayList<>(Collections.nCopies(ends.size(), ImmutableList.<NetworkPolicy>of()));
        alone.set(self, ImmutableList.of(policy));
        Halves halves = new Halves(direction, ends, alone, peers, partition, table, reading, MemoryLimit.none());
        int[] inside = halves.computed(self);
        int[] outside = halves.outside(self);
        int[] row = Arrays.copyOf(inside, inside.length + outside.length);
        System.arraycopy(outside, 0, row, inside.length, outside.length);
        return row;
    }
}
