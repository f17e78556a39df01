package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is allowed between classes of pods, and between them and addresses outside. For one thread. */
final class ConnectionMatrix {

    /** Stands for all addresses of either family. */
    private static final int ANY_FAMILY = 0;

    private final PodClasses classes;
    private final MemoryLimit memory;
    private final PortTable table;
    private final Map<Integer, Side> sides = new HashMap<>();
    private final Map<Direction, AddressPartition> outside;
    private final PeerMatch match;
    private final Map<String, List<NetworkPolicy>> policies;
    private final List<ImmutableSet<Integer>> families;
    private final boolean oneFamily;
    private final Side any;

    /** Both directions, as one address family sees them. */
    private record Side(Halves egress, Halves ingress) {}

    /**
     * @param policies by namespace, in the order of their keys
     * @param outside by direction, how addresses outside are told apart
     * @param memory for what is worked out when it is first asked for
     */
    ConnectionMatrix(
            PodClasses classes,
            Map<String, List<NetworkPolicy>> policies,
            Map<Direction, AddressPartition> outside,
            PeerMatch match,
            MemoryLimit memory) {
        this.memory = memory;
        this.table = new PortTable(memory);
        this.classes = classes;
        this.policies = policies;
        this.outside = outside;
        this.match = match;
        List<ImmutableSet<Integer>> known = new ArrayList<>();
        for (int i = 0; i < classes.size(); i++) {
            known.add(classes.member(i).families());
        }
        this.families = known;
        this.oneFamily = known.stream().allMatch(family -> family.size() < 2);
        this.any = side(ANY_FAMILY);
    }

    PortTable table() {
        return table;
    }

    /** The destination's ports on which the source may connect to it, as a number of the table. */
    int between(int source, int destination) {
        if (oneFamily
                || (families.get(source).size() < 2 && families.get(destination).size() < 2)) {
            return between(ANY_FAMILY, source, destination);
        }
        Sets.SetView<Integer> common = Sets.intersection(families.get(source), families.get(destination));
        if (common.isEmpty()) {
            return between(ANY_FAMILY, source, destination);
        }
        int ports = PortTable.NONE;
        for (int family : common) {
            ports = table.union(ports, between(family, source, destination));
        }
        return ports;
    }

    private int between(int family, int source, int destination) {
        Side side = family == ANY_FAMILY ? any : side(family);
        if (side.ingress().knows(destination) && !side.egress().knows(source)) {
            PortRow known = side.ingress().row(destination);
            if (known != null && known.get(source) == PortTable.NONE) {
                return PortTable.NONE;
            }
        }
        PortRow egress = side.egress().row(source);
        if (egress != null && egress.get(destination) == PortTable.NONE) {
            return PortTable.NONE;
        }
        PortRow ingress = side.ingress().row(destination);
        int out = egress == null ? PortTable.ALL : egress.get(destination);
        return ingress == null ? out : table.intersection(out, ingress.get(source));
    }

    /** Works out what a class lets in, so that of those that it lets nothing in from nothing has to be worked out. */
    void prepare(int destination) {
        if (oneFamily || families.get(destination).size() < 2) {
            any.ingress().row(destination);
        } else {
            families.get(destination).forEach(family -> side(family).ingress().row(destination));
        }
    }

    /** Between a class and each range of its direction: egress to it, ingress from it; null where nothing isolates it. */
    int[] outside(Direction direction, int self) {
        return (direction == Direction.EGRESS ? any.egress() : any.ingress()).outside(self);
    }

    private Side side(int family) {
        return sides.computeIfAbsent(family, unknown -> {
            ImmutableList.Builder<Endpoint.Pods> ends = ImmutableList.builder();
            for (int i = 0; i < classes.size(); i++) {
                ends.add(
                        family == ANY_FAMILY
                                ? classes.member(i)
                                : classes.member(i).ofFamily(family));
            }
            PeerSets peers = new PeerSets(classes, ends.build(), match, memory);
            return new Side(
                    halves(Direction.EGRESS, ends.build(), peers), halves(Direction.INGRESS, ends.build(), peers));
        });
    }

    private Halves halves(Direction direction, ImmutableList<Endpoint.Pods> ends, PeerSets peers) {
        return new Halves(
                direction,
                ends,
                Halves.isolating(direction, ends, policies, match.reading()),
                peers,
                outside.get(direction),
                table,
                match.reading(),
                memory);
    }
}
