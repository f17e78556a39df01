package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.cluster.read.NodeReader;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FactsTest {

    private final FactsStore store = new FactsStore(List.of());
    private final InventoryState state = new InventoryState(Set.of(), store.facts());

    @Test
    void ofTwoChangesAtOnceNoneIsLost() throws InterruptedException {
        Thread other = new Thread(() -> state.facts(() -> node("b", "10.0.0.2")));
        state.facts(() -> {
            ClusterFacts first = node("a", "10.0.0.1");
            // The other thread gets as far as it can before the facts that were derived here are stored.
            other.start();
            while (other.getState() != Thread.State.BLOCKED && other.getState() != Thread.State.TERMINATED) {
                Thread.onSpinWait();
            }
            return first;
        });
        other.join();
        assertEquals(2, state.snapshot().world().facts().nodes().size());
    }

    @Test
    void aHeartbeatDerivesNothingAnew() {
        ClusterFacts before = node("a", "10.0.0.1");
        assertSame(before, node("a", "10.0.0.1"));
    }

    private ClusterFacts node(String name, String address) {
        return store.node(
                name,
                Optional.of(new NodeReader.Networks(
                        ImmutableSortedSet.of(), ImmutableSortedSet.of(IpAddress.parse(address)))));
    }
}
