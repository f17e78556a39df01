package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.world.AddressRange;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.IpBlock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All addresses, in the fewest ranges within which no {@code ipBlock} makes a difference. IPv4 always; IPv6 where any
 * block or pod speaks of it, so that answers about clusters without it are not doubled.
 */
public final class AddressPartition {

    private static final Cidr ALL_IPV4 = Cidr.parse("0.0.0.0/0");
    private static final Cidr ALL_IPV6 = Cidr.parse("::/0");

    private final ImmutableList<AddressRange> ranges;
    private final List<IpAddress> firsts;

    private AddressPartition(List<AddressRange> ranges) {
        this.ranges = ImmutableList.copyOf(ranges);
        this.firsts = ranges.stream().map(AddressRange::first).toList();
    }

    /** As the rules of one direction tell addresses apart. */
    static AddressPartition of(Direction direction, Topology topology, Collection<NetworkPolicy> policies) {
        return of(EnumSet.of(direction), topology, policies);
    }

    /** As the rules of either direction tell addresses apart. */
    static AddressPartition of(Topology topology, Collection<NetworkPolicy> policies) {
        return of(EnumSet.allOf(Direction.class), topology, policies);
    }

    private static AddressPartition of(
            Set<Direction> directions, Topology topology, Collection<NetworkPolicy> policies) {
        Set<IpAddress> starts = new TreeSet<>();
        starts.add(ALL_IPV4.network());
        if (speaksOfIpv6(topology, policies)) {
            starts.add(ALL_IPV6.network());
        }
        blocks(directions, policies).forEach(block -> cut(block, starts));
        return new AddressPartition(ranges(List.copyOf(starts)));
    }

    private static Stream<IpBlock> blocks(Set<Direction> directions, Collection<NetworkPolicy> policies) {
        return policies.stream()
                .flatMap(policy -> policy.directions().stream()
                        .filter(directions::contains)
                        .flatMap(direction -> policy.rules(direction).stream())
                        .flatMap(rule -> rule.peers().stream())
                        .flatMap(List::stream)
                        .flatMap(peer -> peer.asAddresses().stream())
                        .map(PolicyPeer.Addresses::block));
    }

    private static boolean speaksOfIpv6(Topology topology, Collection<NetworkPolicy> policies) {
        return topology.pods().flatMap(pod -> pod.addresses().stream()).anyMatch(AddressPartition::isIpv6)
                || blocks(EnumSet.allOf(Direction.class), policies)
                        .anyMatch(block -> isIpv6(block.cidr().network()));
    }

    private static boolean isIpv6(IpAddress address) {
        return address.bits() == ALL_IPV6.network().bits();
    }

    /** At both ends of each range that the block consists of; an exception at its border moves the border. */
    private static void cut(IpBlock block, Collection<IpAddress> starts) {
        AddressRange whole = AddressRange.of(block.cidr());
        IpAddress first = whole.first();
        for (Cidr except : block.except()) {
            AddressRange hole = AddressRange.of(except);
            if (first.compareTo(hole.first()) < 0) {
                cut(new AddressRange(first, hole.first().previous()), starts);
            }
            if (hole.last().equals(whole.last())) {
                return;
            }
            first = hole.last().next();
        }
        cut(new AddressRange(first, whole.last()), starts);
    }

    private static void cut(AddressRange range, Collection<IpAddress> starts) {
        starts.add(range.first());
        IpAddress after = range.last().next();
        // After the last address of a family comes the first one again.
        if (after.compareTo(range.first()) > 0) {
            starts.add(after);
        }
    }

    private static List<AddressRange> ranges(List<IpAddress> starts) {
        List<AddressRange> ranges = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            IpAddress first = starts.get(i);
            boolean lastOfFamily = i + 1 == starts.size() || starts.get(i + 1).bits() != first.bits();
            Cidr family = isIpv6(first) ? ALL_IPV6 : ALL_IPV4;
            ranges.add(new AddressRange(
                    first, lastOfFamily ? family.last() : starts.get(i + 1).previous()));
        }
        return ranges;
    }

    /** Ascending, IPv4 first. */
    public ImmutableList<AddressRange> ranges() {
        return ranges;
    }

    /** All addresses of each family that there is. */
    ImmutableList<AddressRange> families() {
        return Stream.of(ALL_IPV4, ALL_IPV6)
                .filter(family -> indexOf(family.network()) >= 0)
                .map(AddressRange::of)
                .collect(ImmutableList.toImmutableList());
    }

    /** The range that holds the address; any number below 0 if none does. */
    int indexOf(IpAddress address) {
        int found = Collections.binarySearch(firsts, address);
        int index = found >= 0 ? found : -found - 2;
        return index >= 0 && ranges.get(index).contains(address) ? index : -1;
    }

    /** The ranges that a block, which must have been known when they were cut, consists of. */
    BitSet indexes(IpBlock block) {
        BitSet indexes = new BitSet();
        int first = indexOf(block.cidr().network());
        int last = indexOf(block.cidr().last());
        for (int i = first; first >= 0 && i <= last; i++) {
            // A range lies in the block as a whole or not at all; only one at the block's border may begin before it.
            AddressRange range = ranges.get(i);
            IpAddress inside = block.cidr().contains(range.first()) ? range.first() : range.last();
            if (block.contains(inside)) {
                indexes.set(i);
            }
        }
        return indexes;
    }
}
