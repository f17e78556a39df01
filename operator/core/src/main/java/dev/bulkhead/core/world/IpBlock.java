package dev.bulkhead.core.world;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Ordering;
import java.util.Collection;
import java.util.Comparator;

/** A range of addresses less others. */
public record IpBlock(Cidr cidr, ImmutableSortedSet<Cidr> except) implements Comparable<IpBlock> {

    private static final Comparator<IpBlock> ORDER = Comparator.comparing(IpBlock::cidr)
            .thenComparing(IpBlock::except, Ordering.<Cidr>natural().lexicographical());

    /** Of {@code except} keeps what lies inside {@code cidr}, in the fewest ranges: the same addresses have one form. */
    public static IpBlock of(Cidr cidr, Collection<Cidr> except) {
        return new IpBlock(
                cidr,
                Cidr.merged(except.stream()
                        .map(part -> part.contains(cidr) ? cidr : part)
                        .filter(cidr::contains)
                        .toList()));
    }

    public boolean contains(IpAddress address) {
        return cidr.contains(address) && except.stream().noneMatch(part -> part.contains(address));
    }

    /** Whether the exceptions leave nothing; one that equals {@code cidr} does. */
    public boolean isEmpty() {
        return except.contains(cidr);
    }

    @Override
    public int compareTo(IpBlock other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return except.isEmpty() ? cidr.toString() : cidr + " except " + except;
    }
}
