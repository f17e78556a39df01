package dev.bulkhead.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PortSetTest {

    private static final PortSet WEB = PortSet.range(Protocol.TCP, 80, 90);
    private static final PortSet DNS = PortSet.port(Protocol.UDP, 53);

    @Test
    void equalPortsAreEqualHoweverTheyWerePutTogether() {
        PortSet halves = PortSet.range(Protocol.TCP, 80, 84).union(PortSet.range(Protocol.TCP, 85, 90));
        PortSet lessDns = WEB.union(DNS).difference(DNS);

        assertEquals(WEB, halves);
        assertEquals(WEB.hashCode(), halves.hashCode());
        assertEquals(WEB, lessDns);
        assertNotEquals(WEB, PortSet.range(Protocol.UDP, 80, 90));
        assertNotEquals(WEB, PortSet.range(Protocol.TCP, 80, 91));
    }

    @Test
    void theUnionOfManyIsTheOneThatPairsComeTo() {
        PortSet next = PortSet.port(Protocol.TCP, 91);

        assertEquals(WEB.union(DNS).union(next), PortSet.union(List.of(WEB, DNS, next, WEB)));
        assertEquals(PortSet.none(), PortSet.union(List.of()));
        assertEquals(
                Ports.of(WEB).union(Ports.named(Protocol.UDP, "dns")).union(Ports.of(DNS)),
                Ports.union(List.of(Ports.of(WEB), Ports.named(Protocol.UDP, "dns"), Ports.of(DNS))));
    }

    @Test
    void everyPortOfEveryProtocolIsAll() {
        PortSet all = PortSet.none();
        for (Protocol protocol : Protocol.values()) {
            assertFalse(all.isAll());
            all = all.union(PortSet.all(protocol));
        }

        assertTrue(all.isAll());
        assertTrue(PortSet.all().contains(Protocol.SCTP, 1));
        assertTrue(PortSet.all().contains(Protocol.UDP, 65535));
        assertFalse(PortSet.all().contains(Protocol.TCP, 0));
        assertFalse(PortSet.all().contains(Protocol.TCP, 65536));
    }

    @Test
    void protocolsAreKeptApart() {
        PortSet both = WEB.union(DNS);

        assertTrue(both.contains(Protocol.TCP, 80));
        assertFalse(both.contains(Protocol.UDP, 80));
        assertFalse(both.contains(Protocol.TCP, 53));
        assertTrue(both.intersection(PortSet.all(Protocol.UDP)).equals(DNS));
        assertTrue(WEB.intersection(DNS).isEmpty());
    }

    @Test
    void aSetHoldsAnotherWhenItHoldsAllOfIt() {
        assertTrue(WEB.containsAll(PortSet.range(Protocol.TCP, 81, 90)));
        assertTrue(WEB.containsAll(PortSet.none()));
        assertFalse(WEB.containsAll(PortSet.range(Protocol.TCP, 81, 91)));
        assertFalse(WEB.containsAll(WEB.union(DNS)));
        assertFalse(PortSet.none().containsAll(DNS));
    }

    @Test
    void setsMeetWhereTheyHaveAPortOfOneProtocolInCommon() {
        PortSet web = PortSet.range(Protocol.TCP, 80, 90);

        assertTrue(web.meets(PortSet.range(Protocol.TCP, 90, 100)));
        assertTrue(PortSet.range(Protocol.TCP, 1, 80).union(DNS).meets(web));
        assertFalse(web.meets(PortSet.range(Protocol.TCP, 91, 100)));
        assertFalse(web.meets(PortSet.range(Protocol.UDP, 80, 90)));
        assertFalse(web.meets(PortSet.none()));
        assertFalse(PortSet.none().meets(web));
    }

    @Test
    void itIsWrittenByProtocolInRanges() {
        assertEquals(
                "TCP 80-90,443,UDP 53",
                WEB.union(DNS).union(PortSet.port(Protocol.TCP, 443)).toString());
        assertEquals(
                "TCP 80-84,86-90",
                WEB.difference(PortSet.port(Protocol.TCP, 85)).toString());
        assertEquals("No Connections", WEB.difference(WEB).toString());
        assertEquals("All Connections", PortSet.all().toString());
    }
}
