package dev.bulkhead.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangesOfBlockTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/30, '', 10.0.0.0-10.0.0.3",
        "10.0.0.0/30, 10.0.0.0/32, 10.0.0.1-10.0.0.3",
        "10.0.0.0/30, 10.0.0.3/32, 10.0.0.0-10.0.0.2",
        "10.0.0.0/30, 10.0.0.1/32, 10.0.0.0-10.0.0.0 10.0.0.2-10.0.0.3",
        "10.0.0.0/30, 10.0.0.1/32 10.0.0.2/32, 10.0.0.0-10.0.0.0 10.0.0.3-10.0.0.3",
        "10.0.0.0/30, 10.0.0.0/30, ''",
        "255.255.255.254/31, 255.255.255.254/32, 255.255.255.255-255.255.255.255",
        "2001:db8::/126, 2001:db8::2/127, 2001:db8::-2001:db8::1"
    })
    void theRangesAreWhatTheExceptionsLeave(String cidr, String except, String ranges) {
        IpBlock block = IpBlock.of(
                Cidr.parse(cidr),
                Arrays.stream(except.split(" "))
                        .filter(exception -> !exception.isEmpty())
                        .map(Cidr::parse)
                        .toList());

        assertEquals(ranges, block.ranges().stream().map(AddressRange::toString).collect(Collectors.joining(" ")));
        assertEquals(
                block.addresses(),
                block.ranges().stream().map(AddressRange::size).reduce(BigInteger.ZERO, BigInteger::add));
    }
}
