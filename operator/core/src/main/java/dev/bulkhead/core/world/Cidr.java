package dev.bulkhead.core.world;

import java.util.Comparator;

/** A range of addresses of one family: those that share the first {@code prefix} bits with {@code network}. */
public record Cidr(IpAddress network, int prefix) implements Comparable<Cidr> {

    private static final Comparator<Cidr> ORDER =
            Comparator.comparing(Cidr::network).thenComparingInt(Cidr::prefix);

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
        return new Cidr(IpAddress.parse(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    /** The range that holds this address alone. */
    public static Cidr of(IpAddress address) {
        return new Cidr(address, address.bits());
    }

    public IpAddress last() {
        return network.withHostBits(prefix, true);
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
