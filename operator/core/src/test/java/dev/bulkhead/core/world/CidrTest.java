package dev.bulkhead.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.5/24, 10.0.0.0/24",
        "010.0.0.0/8, 10.0.0.0/8",
        "0.0.0.0/0, 0.0.0.0/0",
        "2001:DB8:0::1/32, 2001:db8::/32",
        "::/0, ::/0"
    })
    void isWrittenInOneForm(String text, String canonical) {
        assertEquals(canonical, Cidr.parse(text).toString());
    }

    @Test
    void oneFamilyNeverContainsTheOther() {
        assertTrue(!Cidr.parse("::/0").contains(IpAddress.parse("10.0.0.1")));
        assertTrue(!Cidr.parse("0.0.0.0/0").contains(IpAddress.parse("2001:db8::1")));
    }

    @Test
    void whatIsNoRangeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Cidr.parse("10.0.0.1"));
        assertThrows(IllegalArgumentException.class, () -> Cidr.parse("10.0.0.1/33"));
        assertThrows(IllegalArgumentException.class, () -> Cidr.parse("10.0.0.1/+8"));
        assertThrows(IllegalArgumentException.class, () -> Cidr.parse("example.org/24"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/24 10.0.1.0/24, [10.0.0.0/23]",
        "10.0.1.0/24 10.0.2.0/24, '[10.0.1.0/24, 10.0.2.0/24]'",
        "10.0.3.0/24 10.0.0.0/24 10.0.2.0/24 10.0.1.0/24, [10.0.0.0/22]",
        "10.0.0.0/8 10.1.0.0/16 10.0.0.0/16, [10.0.0.0/8]",
        "0.0.0.0/1 128.0.0.0/1, [0.0.0.0/0]",
        "10.0.0.0/24 fd00::/64, '[10.0.0.0/24, fd00::/64]'",
        "10.0.0.0/24 ::/0, '[10.0.0.0/24, ::/0]'",
        "0.0.0.0/0 ::/1 8000::/1, '[0.0.0.0/0, ::/0]'"
    })
    void rangesAreMergedIntoTheFewest(String ranges, String merged) {
        List<Cidr> parsed = Stream.of(ranges.split(" ", -1)).map(Cidr::parse).toList();

        assertEquals(merged, Cidr.merged(parsed).toString());
    }

    @Test
    void aBlockOfWhichNothingIsLeftIsEmpty() {
        Cidr block = Cidr.parse("10.0.0.0/24");

        assertTrue(IpBlock.of(block, List.of(Cidr.parse("10.0.0.0/8"))).isEmpty());
        assertTrue(IpBlock.of(block, List.of(Cidr.parse("10.0.0.0/25"), Cidr.parse("10.0.0.128/25")))
                .isEmpty());
        assertEquals(
                "10.0.0.0/24 except [10.0.0.128/25]",
                IpBlock.of(block, List.of(Cidr.parse("10.0.0.128/25"), Cidr.parse("192.168.0.0/16")))
                        .toString());
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.255.255",
        "0.0.0.0/0, 255.255.255.255",
        "10.0.0.1/32, 10.0.0.1",
        "2001:db8::/63, 2001:db8:0:1:ffff:ffff:ffff:ffff",
        "2001:db8::/64, 2001:db8::ffff:ffff:ffff:ffff",
        "2001:db8::/65, 2001:db8::7fff:ffff:ffff:ffff",
        "::/0, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "::1/128, ::1"
    })
    void endsWithTheLastAddressOfItsPrefix(String range, String last) {
        assertEquals(last, Cidr.parse(range).last().toString());
    }

    @Test
    void whatIsMissingIsSaidNotSomethingElse() {
        assertEquals(
                "'10.0.0.1' has no prefix: write 10.0.0.1/32 for one address",
                assertThrows(IllegalArgumentException.class, () -> Cidr.parse("10.0.0.1"))
                        .getMessage());
        assertFalse(assertThrows(IllegalArgumentException.class, () -> Cidr.parse("/24"))
                .getMessage()
                .contains("has no prefix"));
    }
}
