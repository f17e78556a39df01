package dev.bulkhead.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AddressesTest {

    private static final int SEEDS = 20_000;

    /** The same as looking at one address after the other. */
    @Test
    void whetherAnyIsInABlockIsFoundWithoutLookingAtEach() {
        int found = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<IpAddress> addresses = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                addresses.add(address(random));
            }
            addresses.sort(null);
            List<Cidr> except = new ArrayList<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                except.add(range(random, 26));
            }
            IpBlock block = IpBlock.of(range(random, 22), except);

            boolean any = Addresses.isAnyIn(block, addresses);

            assertEquals(addresses.stream().anyMatch(block::contains), any, () -> block + " and " + addresses);
            found += any ? 1 : 0;
        }
        assertTrue(found > SEEDS / 10 && found < SEEDS * 9 / 10, found + " found: the samples say too little");
    }

    private static Cidr range(SplittableRandom random, int shortest) {
        IpAddress address = address(random);
        return new Cidr(address, address.bits() - 32 + random.nextInt(shortest, 33));
    }

    /** Of one of two small neighbourhoods. */
    private static IpAddress address(SplittableRandom random) {
        int last = random.nextInt(64);
        return IpAddress.parse(random.nextInt(5) == 0 ? "2001:db8::" + last : "10.0." + last / 32 + "." + last);
    }
}
