package dev.bulkhead.core.world;

import com.google.common.collect.ContiguousSet;
import com.google.common.collect.DiscreteDomain;
import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Range;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.BinaryOperator;

/** An exact set of port numbers per protocol, immutable. */
public final class PortSet {

    private static final Range<Integer> EVERY = closed(1, 65535);
    private static final PortSet NONE = new PortSet(Map.of());
    private static final PortSet ALL =
            new PortSet(Maps.toMap(List.of(Protocol.values()), protocol -> ImmutableRangeSet.of(EVERY)));

    /** Without empty sets, so that equal sets are equal maps. */
    private final Map<Protocol, ImmutableRangeSet<Integer>> ranges;

    private PortSet(Map<Protocol, ImmutableRangeSet<Integer>> ranges) {
        this.ranges = ranges;
    }

    public static PortSet none() {
        return NONE;
    }

    /** Every port of every protocol. */
    public static PortSet all() {
        return ALL;
    }

    public static PortSet all(Protocol protocol) {
        return range(protocol, 1, 65535);
    }

    /** From {@code first} to {@code last}, both included. */
    public static PortSet range(Protocol protocol, int first, int last) {
        return new PortSet(Map.of(protocol, ImmutableRangeSet.of(closed(first, last))));
    }

    public static PortSet port(Protocol protocol, int number) {
        return range(protocol, number, number);
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    public boolean isAll() {
        return equals(ALL);
    }

    public boolean contains(Protocol protocol, int number) {
        return of(protocol).contains(number);
    }

    /** Whether they have a port in common. */
    public boolean meets(PortSet other) {
        for (Map.Entry<Protocol, ImmutableRangeSet<Integer>> theirs : other.ranges.entrySet()) {
            ImmutableRangeSet<Integer> ours = of(theirs.getKey());
            for (Range<Integer> range : theirs.getValue().asRanges()) {
                if (ours.intersects(range)) {
                    return true;
                }
            }
        }
        return false;
    }

    public boolean containsAll(PortSet other) {
        return other.ranges.entrySet().stream()
                .allMatch(entry -> of(entry.getKey()).enclosesAll(entry.getValue()));
    }

    public PortSet union(PortSet other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        return combine(other, ImmutableRangeSet::union);
    }

    /** Of many at once, which takes less than one by one. */
    public static PortSet union(Collection<PortSet> sets) {
        Map<Protocol, ImmutableRangeSet<Integer>> united = new EnumMap<>(Protocol.class);
        for (Protocol protocol : Protocol.values()) {
            ImmutableRangeSet<Integer> all = ImmutableRangeSet.unionOf(sets.stream()
                    .flatMap(set -> set.of(protocol).asRanges().stream())
                    .toList());
            if (!all.isEmpty()) {
                united.put(protocol, all);
            }
        }
        return new PortSet(united);
    }

    public PortSet intersection(PortSet other) {
        return combine(other, ImmutableRangeSet::intersection);
    }

    public PortSet difference(PortSet other) {
        return combine(other, ImmutableRangeSet::difference);
    }

    /** The ranges of one protocol, ascending and disjoint; lower end included, upper end excluded. */
    public ImmutableRangeSet<Integer> of(Protocol protocol) {
        return ranges.getOrDefault(protocol, ImmutableRangeSet.of());
    }

    private PortSet combine(PortSet other, BinaryOperator<ImmutableRangeSet<Integer>> operation) {
        Map<Protocol, ImmutableRangeSet<Integer>> combined = new EnumMap<>(Protocol.class);
        for (Protocol protocol : Protocol.values()) {
            ImmutableRangeSet<Integer> result = operation.apply(of(protocol), other.of(protocol));
            if (!result.isEmpty()) {
                combined.put(protocol, ImmutableRangeSet.unionOf(result.asRanges()));
            }
        }
        return new PortSet(combined);
    }

    private static Range<Integer> closed(int first, int last) {
        return Range.closed(first, last).canonical(DiscreteDomain.integers());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PortSet that && ranges.equals(that.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    /** {@code TCP 80,443,UDP 53}, {@code All Connections} or {@code No Connections}. */
    @Override
    public String toString() {
        if (isEmpty()) {
            return "No Connections";
        }
        if (isAll()) {
            return "All Connections";
        }
        StringJoiner text = new StringJoiner(",");
        for (Protocol protocol : Protocol.values()) {
            StringJoiner numbers = new StringJoiner(",", protocol + " ", "");
            for (Range<Integer> range : of(protocol).asRanges()) {
                ContiguousSet<Integer> ports = ContiguousSet.create(range, DiscreteDomain.integers());
                numbers.add(ports.size() == 1 ? ports.first().toString() : ports.first() + "-" + ports.last());
            }
            if (!of(protocol).isEmpty()) {
                text.add(numbers.toString());
            }
        }
        return text.toString();
    }
}
