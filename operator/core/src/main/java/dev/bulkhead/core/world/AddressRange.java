package dev.bulkhead.core.world;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Optional;

/**
 * Addresses of one family that follow one another, as a firewall writes them.
 *
 * @param last included
 */
public record AddressRange(IpAddress first, IpAddress last) implements Comparable<AddressRange> {

    private static final Comparator<AddressRange> ORDER =
            Comparator.comparing(AddressRange::first).thenComparing(AddressRange::last);

    public static AddressRange of(Cidr cidr) {
        return new AddressRange(cidr.network(), cidr.last());
    }

    /** How many there are. */
    public BigInteger size() {
        return last.number().subtract(first.number()).add(BigInteger.ONE);
    }

    /** The block that has these addresses and no others, if there is one. */
    public Optional<Cidr> block() {
        Cidr block = new Cidr(first, first.bits() - size().bitLength() + 1);
        return AddressRange.of(block).equals(this) ? Optional.of(block) : Optional.empty();
    }

    public boolean contains(IpAddress address) {
        return address.bits() == first.bits() && first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }

    /** Whether the other one begins where this one ends. */
    public boolean isFollowedBy(AddressRange other) {
        return last.bits() == other.first.bits()
                && last.compareTo(other.first) < 0
                && last.next().equals(other.first);
    }

    @Override
    public int compareTo(AddressRange other) {
        return ORDER.compare(this, other);
    }

    /** {@code 10.0.0.0-10.255.255.255}. */
    @Override
    public String toString() {
        return first + "-" + last;
    }
}
