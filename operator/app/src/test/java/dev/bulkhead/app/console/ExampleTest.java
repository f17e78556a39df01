package dev.bulkhead.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.core.reach.Connection;
import dev.bulkhead.core.reach.Party;
import dev.bulkhead.core.world.AddressRange;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Protocol;
import dev.bulkhead.core.world.WorkloadName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleTest {

    private static final Party WORKLOAD = new Party.OfWorkload(new WorkloadName("shop", "Deployment", "web"));

    private static Connection from(String range) {
        return new Connection(new Party.Outside(AddressRange.of(Cidr.parse(range))), WORKLOAD, PortSet.all());
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, 203.0.113.1",
        "192.0.2.0/24, 192.0.2.1",
        "::/0, 2001:db8::1",
        "10.1.0.0/16, 10.1.0.0",
        "8.8.8.8/32, 8.8.8.8",
    })
    void theAddressIsOneOfNobodyWhereThatIsInTheRange(String range, String address) {
        assertEquals(Optional.of(new Example(address, "443/TCP")), Example.of(from(range), PortSet.all()));
    }

    @Test
    void thePortIsOneThatIsAllowed() {
        assertEquals(
                "80/TCP",
                Example.of(
                                from("0.0.0.0/0"),
                                PortSet.range(Protocol.TCP, 80, 90).union(PortSet.port(Protocol.UDP, 53)))
                        .orElseThrow()
                        .port());
        assertEquals(
                "53/UDP",
                Example.of(from("0.0.0.0/0"), PortSet.port(Protocol.UDP, 53))
                        .orElseThrow()
                        .port());
    }

    @Test
    void betweenWorkloadsThereIsNone() {
        assertEquals(Optional.empty(), Example.of(new Connection(WORKLOAD, WORKLOAD, PortSet.all()), PortSet.all()));
    }
}
