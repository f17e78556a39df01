package dev.bulkhead.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Blocks inside 10.0.0.0/28, address by address. */
class IpBlockTest {

    private static final int SIZE = 16;

    private static Cidr range(Random random, int least) {
        return new Cidr(IpAddress.parse("10.0.0." + random.nextInt(SIZE)), least + random.nextInt(32 - least + 1));
    }

    private static IpBlock block(Random random) {
        Cidr cidr = range(random, 28);
        List<Cidr> except = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            except.add(range(random, 29));
        }
        return IpBlock.of(cidr, except);
    }

    private static List<Integer> addresses(IpBlock block) {
        return IntStream.range(0, SIZE)
                .filter(last -> block.contains(IpAddress.parse("10.0.0." + last)))
                .boxed()
                .toList();
    }

    @Test
    void twoOverlapWhenAnAddressIsInBoth() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            IpBlock one = block(random);
            IpBlock other = block(random);
            boolean shared = addresses(one).stream().anyMatch(addresses(other)::contains);
            assertEquals(shared, one.overlaps(other), one + " and " + other);
        }
    }

    @Test
    void itsAddressesAreCountedAndNoneAreLeftInAnEmptyOne() {
        Random random = new Random(8);
        for (int i = 0; i < 5_000; i++) {
            IpBlock block = block(random);
            assertEquals(addresses(block).size(), block.addresses().intValueExact(), block.toString());
            assertEquals(addresses(block).isEmpty(), block.isEmpty(), block.toString());
        }
    }

    @Test
    void familiesHaveNothingInCommon() {
        IpBlock four = IpBlock.of(Cidr.parse("0.0.0.0/0"), List.of());
        IpBlock six = IpBlock.of(Cidr.parse("::/0"), List.of());

        assertEquals(false, four.overlaps(six));
        assertEquals("4294967296", four.addresses().toString());
        assertEquals(128, six.addresses().bitLength() - 1);
    }

    @Test
    void addressesOfIpv4HaveAFormBehindNat64() {
        IpBlock block = IpBlock.of(Cidr.parse("198.51.100.0/24"), List.of(Cidr.parse("198.51.100.128/25")));

        assertEquals(
                Optional.of(IpBlock.of(
                        Cidr.parse("64:ff9b::c633:6400/120"), List.of(Cidr.parse("64:ff9b::c633:6480/121")))),
                block.behindNat64());
        assertEquals(
                Optional.empty(),
                IpBlock.of(Cidr.parse("2001:db8::/32"), List.of()).behindNat64());
    }

    @Test
    void addressesBehindNat64AreTranslatedToThoseOfIpv4() {
        IpBlock block = IpBlock.of(Cidr.parse("198.51.100.0/24"), List.of(Cidr.parse("198.51.100.128/25")));
        IpBlock everything =
                IpBlock.of(Cidr.parse("::/0"), List.of(Cidr.parse("64:ff9b::a00:0/104"), Cidr.parse("2001:db8::/32")));

        assertEquals(Optional.of(block), block.behindNat64().orElseThrow().translatedByNat64());
        assertEquals(
                Optional.of(IpBlock.of(Cidr.parse("0.0.0.0/0"), List.of(Cidr.parse("10.0.0.0/8")))),
                everything.translatedByNat64());
        assertEquals(Optional.empty(), block.translatedByNat64());
        assertEquals(
                Optional.empty(),
                IpBlock.of(Cidr.parse("2001:db8::/32"), List.of()).translatedByNat64());
        assertEquals(
                Optional.empty(),
                IpBlock.of(Cidr.parse("64::/16"), List.of(Cidr.parse("64:ff9b::/64")))
                        .translatedByNat64());
    }
}
