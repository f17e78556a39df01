package dev.bulkhead.app.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bulkhead.core.reach.Connection;
import dev.bulkhead.core.reach.MemoryLimit;
import dev.bulkhead.core.reach.Party;
import dev.bulkhead.core.reach.TooLargeException;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.WorkloadName;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptConnectionsTest {

    private static final WorkloadName DATABASE = name("db");

    private static WorkloadName name(String name) {
        return new WorkloadName("shop", "Deployment", name);
    }

    private static KeptConnections.Collector collect(int connections, MemoryLimit memory, int named) {
        KeptConnections.Collector collector = new KeptConnections.Collector(memory, named);
        IntStream.range(0, connections)
                .forEach(i -> collector.accept(new Connection(
                        new Party.OfWorkload(name("app-" + i)), new Party.OfWorkload(DATABASE), PortSet.all())));
        return collector;
    }

    @Test
    void allAreNamedWhereTheyAreNotMoreThanWereAskedFor() {
        KeptConnections kept = collect(4, MemoryLimit.none(), 4).kept();
        assertEquals(4, kept.of(DATABASE).connections());
        assertEquals(4, kept.of(DATABASE).named().size());
    }

    @Test
    void ofMoreNoneIsNamedAndTheyAreCounted() {
        KeptConnections kept = collect(5, MemoryLimit.none(), 4).kept();
        assertEquals(5, kept.of(DATABASE).connections());
        assertEquals(0, kept.of(DATABASE).named().size());
    }

    @Test
    void whatIsNamedTakesMemory() {
        assertThrows(TooLargeException.class, () -> collect(5, MemoryLimit.bytes(6_200), 5));
        assertEquals(5, collect(5, MemoryLimit.bytes(6_400), 5).kept().connections());
    }
}
