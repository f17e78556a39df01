package dev.bulkhead.core.world;

import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;

/** A range of addresses of one family: those that share the first {@code prefix} bits with {@code network}. */
public record Cidr(IpAddress network, int prefix) implements Comparable<Cidr> {

    private static final Comparator<Cidr> ORDER =
            Comparator.comparing(Cidr::network).thenComparingInt(Cidr::prefix);

    static final Cidr ALL_IPV4 = parse("0.0.0.0/0");

    /** Host bits below the prefix are cleared, as every data plane does. */
    public Cidr {
        if (prefix < 0 || prefix > network.bits()) {
            throw new IllegalArgumentException(
                    "prefix /" + prefix + " of " + network + " is not within 0 to " + network.bits());
        }
        network = network.withHostBits(prefix, false);
    }

    /** @throws IllegalArgumentException if the text is not {@code address/prefix} */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'" + text + "' has no prefix: write " + text + "/32 for one address");
        }
        String prefix = text.substring(slash + 1);
        if (!prefix.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("'" + prefix + "' is no prefix: write a number such as in 10.0.0.0/8");
        }
        return new Cidr(IpAddress.parse(text.substring(0, slash)), Integer.parseInt(prefix));
    }

    /** The range that holds this address alone. */
    public static Cidr of(IpAddress address) {
        return new Cidr(address, address.bits());
    }

    /** The same addresses in the fewest ranges. */
    public static ImmutableSortedSet<Cidr> merged(Collection<Cidr> ranges) {
        Deque<Cidr> merged = new ArrayDeque<>();
        for (Cidr range : ImmutableSortedSet.copyOf(ranges)) {
            // In this order whatever contains a range comes before it.
            if (merged.isEmpty() || !merged.peek().contains(range)) {
                merged.push(range);
                while (merged.size() > 1 && merged.peek().prefix > 0) {
                    Cidr second = merged.pop();
                    Cidr parent = new Cidr(second.network, second.prefix - 1);
                    if (merged.peek().prefix != second.prefix || !parent.contains(merged.peek())) {
                        merged.push(second);
                        break;
                    }
                    merged.pop();
                    merged.push(parent);
                }
            }
        }
        return ImmutableSortedSet.copyOf(merged);
    }

    public IpAddress last() {
        return network.withHostBits(prefix, true);
    }

    /** This range of IPv4 in the last 32 bits of addresses that begin with the prefix. */
    Cidr behind(IpAddress prefix96) {
        return new Cidr(
                new IpAddress(prefix96.bits(), prefix96.high(), prefix96.low() | network.low()),
                prefix96.bits() - network.bits() + prefix);
    }

    /** The range of IPv4 in the last 32 bits of this one, all of whose addresses share the first 96 bits. */
    Cidr lastBits() {
        int bits = ALL_IPV4.network().bits();
        return new Cidr(new IpAddress(bits, 0, network.low() & ((1L << bits) - 1)), prefix - (network.bits() - bits));
    }

    public boolean contains(IpAddress address) {
        return address.bits() == network.bits()
                && address.withHostBits(prefix, false).equals(network);
    }

    public boolean contains(Cidr other) {
        return other.prefix >= prefix && contains(other.network);
    }

    public boolean overlaps(Cidr other) {
        return contains(other) || other.contains(this);
    }

    @Override
    public int compareTo(Cidr other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return network + "/" + prefix;
    }
}
