package dev.bulkhead.core.world;

import com.google.common.net.InetAddresses;
import com.google.common.primitives.Bytes;
import com.google.common.primitives.Longs;
import com.google.common.primitives.UnsignedLongs;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;

/**
 * An IPv4 or IPv6 address as a number of 128 bits; IPv4 addresses fill the low 32. Ordered by family, then by number.
 *
 * @param bits the width of its family: 32 or 128
 */
public record IpAddress(int bits, long high, long low) implements Comparable<IpAddress> {

    private static final Comparator<IpAddress> ORDER = Comparator.comparingInt(IpAddress::bits)
            .thenComparing(IpAddress::high, UnsignedLongs::compare)
            .thenComparing(IpAddress::low, UnsignedLongs::compare);

    /**
     * Never asks a name server. Leading zeros in IPv4 are read as decimal, as older API servers stored them.
     *
     * @throws IllegalArgumentException if the text is no address
     */
    public static IpAddress parse(String text) {
        String plain = text.indexOf(':') < 0 ? text.replaceAll("(^|\\.)0+(?=\\d)", "$1") : text;
        InetAddress address = InetAddresses.forString(plain);
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return new IpAddress(
                    32, 0, Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt()));
        }
        return new IpAddress(128, Longs.fromByteArray(bytes), Longs.fromByteArray(Arrays.copyOfRange(bytes, 8, 16)));
    }

    /** This address with every bit after the first {@code prefix} set to {@code one}. */
    IpAddress withHostBits(int prefix, boolean one) {
        int hostBits = bits - prefix;
        long lowMask = hostBits >= 64 ? -1L : (1L << hostBits) - 1;
        long highMask = hostBits <= 64 ? 0 : hostBits == 128 ? -1L : (1L << (hostBits - 64)) - 1;
        if (bits == 32) {
            lowMask &= 0xFFFFFFFFL;
        }
        return one
                ? new IpAddress(bits, high | highMask, low | lowMask)
                : new IpAddress(bits, high & ~highMask, low & ~lowMask);
    }

    BigInteger number() {
        return new BigInteger(1, Bytes.concat(Longs.toByteArray(high), Longs.toByteArray(low)));
    }

    /** The next address; after the last one of its family the first. */
    public IpAddress next() {
        return plus(1, low == -1L ? 1 : 0);
    }

    /** The address before; before the first one of its family the last. */
    public IpAddress previous() {
        return plus(-1, low == 0 ? -1 : 0);
    }

    private IpAddress plus(long toLow, long toHigh) {
        return bits == 32
                ? new IpAddress(32, 0, low + toLow & 0xFFFFFFFFL)
                : new IpAddress(128, high + toHigh, low + toLow);
    }

    @Override
    public int compareTo(IpAddress other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        if (bits == 32) {
            return (low >>> 24) + "." + (low >>> 16 & 255) + "." + (low >>> 8 & 255) + "." + (low & 255);
        }
        byte[] bytes = Bytes.concat(Longs.toByteArray(high), Longs.toByteArray(low));
        try {
            return InetAddresses.toAddrString(Inet6Address.getByAddress(null, bytes, -1));
        } catch (UnknownHostException impossible) {
            throw new AssertionError("16 bytes are an IPv6 address", impossible);
        }
    }
}
