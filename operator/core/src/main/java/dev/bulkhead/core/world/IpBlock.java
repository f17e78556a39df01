package dev.bulkhead.core.world;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Ordering;
import com.google.common.collect.Sets;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** A range of addresses less others. */
public record IpBlock(Cidr cidr, ImmutableSortedSet<Cidr> except) implements Comparable<IpBlock> {

    private static final Comparator<IpBlock> ORDER = Comparator.comparing(IpBlock::cidr)
            .thenComparing(IpBlock::except, Ordering.<Cidr>natural().lexicographical());

    private static final IpAddress NAT64 = IpAddress.parse("64:ff9b::");
    private static final Cidr BEHIND_NAT64 = new Cidr(NAT64, 96);

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

    /**
     * The same addresses as they are reached over IPv6 behind the well-known prefix of NAT64 (RFC 6052, section 2.1); absent for
     * a block of IPv6. What a network translates under a prefix of its own is not known.
     */
    public Optional<IpBlock> behindNat64() {
        return cidr.network().bits() == NAT64.bits()
                ? Optional.empty()
                : Optional.of(new IpBlock(
                        cidr.behind(NAT64),
                        except.stream()
                                .map(part -> part.behind(NAT64))
                                .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()))));
    }

    /**
     * The addresses of IPv4 that NAT64 translates those of this block to, under its well-known prefix; absent where the block has
     * none of that prefix.
     */
    public Optional<IpBlock> translatedByNat64() {
        if (!cidr.overlaps(BEHIND_NAT64)) {
            return Optional.empty();
        }
        IpBlock translated = of(
                inFrontOfNat64(cidr),
                except.stream()
                        .filter(BEHIND_NAT64::overlaps)
                        .map(IpBlock::inFrontOfNat64)
                        .toList());
        return Optional.of(translated).filter(block -> !block.isEmpty());
    }

    /** Of a range that overlaps the prefix. */
    private static Cidr inFrontOfNat64(Cidr range) {
        return BEHIND_NAT64.contains(range) ? range.lastBits() : Cidr.ALL_IPV4;
    }

    /** Whether the exceptions leave nothing; one that equals {@code cidr} does. */
    public boolean isEmpty() {
        return except.contains(cidr);
    }

    /** Whether some address is in both. */
    public boolean overlaps(IpBlock other) {
        if (!cidr.overlaps(other.cidr)) {
            return false;
        }
        Cidr narrower = cidr.contains(other.cidr) ? other.cidr : cidr;
        return !IpBlock.of(narrower, Sets.union(except, other.except)).isEmpty();
    }

    /** The same addresses in ranges without exceptions, in ascending order. */
    public ImmutableList<AddressRange> ranges() {
        ImmutableList.Builder<AddressRange> ranges = ImmutableList.builder();
        IpAddress first = cidr.network();
        for (Cidr exception : except) {
            if (first.compareTo(exception.network()) < 0) {
                ranges.add(new AddressRange(first, exception.network().previous()));
            }
            if (exception.last().equals(cidr.last())) {
                return ranges.build();
            }
            first = exception.last().next();
        }
        return ranges.add(new AddressRange(first, cidr.last())).build();
    }

    /** How many there are. */
    public BigInteger addresses() {
        BigInteger holes = except.stream().map(IpBlock::addresses).reduce(BigInteger.ZERO, BigInteger::add);
        return addresses(cidr).subtract(holes);
    }

    private static BigInteger addresses(Cidr range) {
        return BigInteger.ONE.shiftLeft(range.network().bits() - range.prefix());
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
