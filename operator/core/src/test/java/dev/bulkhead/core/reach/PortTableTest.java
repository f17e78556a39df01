package dev.bulkhead.core.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.Protocol;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortTableTest {

    private static final List<PortSet> SETS = Stream.concat(
                    Stream.of(PortSet.none(), PortSet.all(), PortSet.all(Protocol.TCP)),
                    Stream.of(80, 81, 85, 90).map(last -> PortSet.range(Protocol.TCP, 80, last)))
            .toList();

    @Test
    void equalSetsHaveOneNumber() {
        PortTable table = new PortTable(MemoryLimit.none());

        assertEquals(PortTable.NONE, table.number(PortSet.none()));
        assertEquals(PortTable.ALL, table.number(PortSet.all()));
        assertEquals(
                table.number(PortSet.range(Protocol.TCP, 80, 81)),
                table.number(PortSet.port(Protocol.TCP, 80).union(PortSet.port(Protocol.TCP, 81))));
    }

    @Test
    void combinationsAreThoseOfTheSetsHoweverOftenAndInWhicheverOrder() {
        PortTable table = new PortTable(MemoryLimit.none());
        for (int again = 0; again < 2; again++) {
            for (PortSet one : SETS) {
                for (PortSet other : SETS) {
                    int first = table.number(one);
                    int second = table.number(other);
                    assertEquals(one.union(other), table.set(table.union(first, second)), one + " or " + other);
                    assertEquals(
                            one.intersection(other),
                            table.set(table.intersection(first, second)),
                            one + " and " + other);
                }
            }
        }
    }
}
