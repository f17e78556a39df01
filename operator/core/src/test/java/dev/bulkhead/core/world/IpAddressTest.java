package dev.bulkhead.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.2",
        "10.0.0.255, 10.0.1.0",
        "127.255.255.255, 128.0.0.0",
        "255.255.255.255, 0.0.0.0",
        "::, ::1",
        "2001:db8::ffff:ffff:ffff:ffff, 2001:db8:0:1::",
        "7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 8000::",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ::"
    })
    void eachAddressHasOneAfterItAndOneBefore(String address, String next) {
        assertEquals(next, IpAddress.parse(address).next().toString());
        assertEquals(address, IpAddress.parse(next).previous().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0", "10.0.0.256", "example.org", "::ffff:10.010.0.1", "10.0.0.1/32"})
    void whatIsNoAddressIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> IpAddress.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"010.000.0.01, 10.0.0.1", "10.100.0.20, 10.100.0.20"})
    void leadingZerosAreReadAsDecimal(String text, String address) {
        assertEquals(address, IpAddress.parse(text).toString());
    }
}
