package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WakeUpsTest {

    private final List<String> woken = new ArrayList<>();
    private final WakeUps wakeUps = new WakeUps();

    private void listen() {
        wakeUps.setEventHandler(
                event -> woken.add(event.getRelatedCustomResourceID().getName()));
    }

    @Test
    void eachNamespaceIsWoken() {
        listen();
        wakeUps.start();
        wakeUps.wake(List.of("shop", "pay"));
        assertEquals(List.of("shop", "pay"), woken);
    }

    @Test
    void beforeTheControllerListensNobodyIsWoken() {
        wakeUps.wake(List.of("shop"));
        listen();
        wakeUps.wake(List.of("shop"));
        assertEquals(List.of(), woken);
    }

    @Test
    void afterItHasStoppedNobodyIsWoken() {
        listen();
        wakeUps.start();
        wakeUps.stop();
        wakeUps.wake(List.of("shop"));
        assertEquals(List.of(), woken);
    }

    @Test
    void thereAreNoObjectsBehindIt() {
        assertEquals(Set.of(), wakeUps.getSecondaryResources(null));
    }
}
