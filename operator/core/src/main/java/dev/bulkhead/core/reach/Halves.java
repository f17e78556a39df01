package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.ContainerPort;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Ports;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the policies on each class allow in one direction, towards all classes and all ranges of addresses outside. A
 * row is computed when it is first asked for, and shared by all classes that the same policies select. For one thread.
 */
final class Halves {

    /** Bytes of an entry of the map. */
    private static final int ROW = 150;

    private final Direction direction;
    private final List<Endpoint.Pods> ends;
    private final List<ImmutableList<NetworkPolicy>> isolating;
    private final PeerSets peers;
    private final AddressPartition partition;
    private final PortTable table;
    private final PluginSemantics reading;
    private final MemoryLimit memory;
    private final Map<Row, PortRow> rows = new HashMap<>();
    /** By class; null where the row was not asked for yet. */
    private final PortRow[] known;
    /** By policy and rule, which classes it means. */
    private final Map<NetworkPolicy.Key, List<BitSet>> meant = new HashMap<>();

    /**
     * What a row depends on.
     *
     * @param own the ports of the class itself, where rules may name them
     */
    private record Row(ImmutableList<NetworkPolicy.Key> policies, ImmutableSortedSet<ContainerPort> own) {}

    /**
     * @param ends the members of the classes, with the addresses that count
     * @param isolating by class, the policies that select it in this direction
     * @param memory for the rows
     */
    Halves(
            Direction direction,
            List<Endpoint.Pods> ends,
            List<ImmutableList<NetworkPolicy>> isolating,
            PeerSets peers,
            AddressPartition partition,
            PortTable table,
            PluginSemantics reading,
            MemoryLimit memory) {
        this.memory = memory;
        this.direction = direction;
        this.ends = ends;
        this.isolating = isolating;
        this.peers = peers;
        this.partition = partition;
        this.table = table;
        this.reading = reading;
        this.known = new PortRow[ends.size()];
    }

    /** Towards each class, as numbers of the table; null where nothing isolates this one. */
    PortRow row(int self) {
        if (isolating.get(self).isEmpty()) {
            return null;
        }
        if (known[self] == null) {
            known[self] = rows.computeIfAbsent(
                    new Row(
                            isolating.get(self).stream()
                                    .map(NetworkPolicy::key)
                                    .collect(ImmutableList.toImmutableList()),
                            direction == Direction.INGRESS
                                    ? ends.get(self).pods().ports()
                                    : ImmutableSortedSet.of()),
                    row -> kept(self));
        }
        return known[self];
    }

    /** Whether the row of this class needs no more work. */
    boolean knows(int self) {
        return known[self] != null || isolating.get(self).isEmpty();
    }

    private PortRow kept(int self) {
        PortRow row = PortRow.of(computed(self));
        memory.keep(ROW + row.bytes());
        return row;
    }

    /** Towards each class, as numbers of the table, where something isolates this one. */
    int[] computed(int self) {
        int[] row = new int[ends.size()];
        for (NetworkPolicy policy : isolating.get(self)) {
            AbandonedException.check();
            List<PolicyRule> rules = policy.rules(direction);
            List<BitSet> peersOfRules = meant.computeIfAbsent(policy.key(), key -> meant(policy));
            for (int i = 0; i < rules.size(); i++) {
                add(rules.get(i).ports(), self, peersOfRules.get(i), row);
            }
        }
        return row;
    }

    private List<BitSet> meant(NetworkPolicy policy) {
        return policy.rules(direction).stream()
                .map(rule -> peers.of(rule, policy.key().namespace()))
                .toList();
    }

    private void add(Ports ports, int self, BitSet others, int[] row) {
        boolean differs = direction == Direction.EGRESS && !ports.names().isEmpty();
        int everywhere = differs ? PortTable.NONE : table.number(on(ports, ends.get(self)));
        for (int other = others.nextSetBit(0); other >= 0; other = others.nextSetBit(other + 1)) {
            int there = differs ? table.number(on(ports, ends.get(other))) : everywhere;
            row[other] = table.union(row[other], there);
        }
    }

    /** Towards each range of addresses outside, as numbers of the table; null where nothing isolates this class. */
    int[] outside(int self) {
        if (isolating.get(self).isEmpty()) {
            return null;
        }
        int[] row = new int[partition.ranges().size()];
        for (NetworkPolicy policy : isolating.get(self)) {
            AbandonedException.check();
            for (PolicyRule rule : policy.rules(direction)) {
                int ports = table.number(
                        direction == Direction.EGRESS ? rule.ports().numbers() : on(rule.ports(), ends.get(self)));
                BitSet meant = meantOutside(rule);
                for (int i = meant.nextSetBit(0); i >= 0; i = meant.nextSetBit(i + 1)) {
                    row[i] = table.union(row[i], ports);
                }
            }
        }
        return row;
    }

    private BitSet meantOutside(PolicyRule rule) {
        BitSet meant = new BitSet();
        if (rule.peers().isEmpty()) {
            meant.set(0, partition.ranges().size());
            return meant;
        }
        for (PolicyPeer peer : rule.peers().get()) {
            peer.asAddresses().ifPresent(addresses -> meant.or(partition.indexes(addresses.block())));
        }
        return meant;
    }

    private PortSet on(Ports ports, Endpoint.Pods destination) {
        return reading.recognizes(destination) ? ports.on(destination.pods().ports()) : ports.numbers();
    }

    /** The policies that select each class, found by looking at those of its namespace alone. */
    static List<ImmutableList<NetworkPolicy>> isolating(
            Direction direction,
            List<Endpoint.Pods> ends,
            Map<String, List<NetworkPolicy>> policies,
            PluginSemantics reading) {
        List<ImmutableList<NetworkPolicy>> isolating = new ArrayList<>();
        for (Endpoint.Pods end : ends) {
            AbandonedException.check();
            isolating.add(
                    reading.recognizes(end)
                            ? policies.getOrDefault(end.namespace(), List.of()).stream()
                                    .filter(policy -> policy.directions().contains(direction)
                                            && policy.subject()
                                                    .matches(end.pods().labels()))
                                    .collect(ImmutableList.toImmutableList())
                            : ImmutableList.of());
        }
        return isolating;
    }
}
