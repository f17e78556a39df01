package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedMapTest {

    private final SharedMap<String, Integer> map = new SharedMap<>();

    @Test
    void aCopyIsSharedUntilSomethingChanges() {
        map.put("a", 1);
        Map<String, Integer> first = map.copy();
        assertSame(first, map.copy());
        map.put("a", 1);
        map.remove("b");
        assertSame(first, map.copy(), "nothing changed");

        map.put("a", 2);
        Map<String, Integer> second = map.copy();
        assertNotSame(first, second);
        assertEquals(Map.of("a", 1), first);
        assertEquals(Map.of("a", 2), second);

        map.remove("a");
        assertEquals(Map.of(), map.copy());
    }

    @Test
    void itTellsWhatMadeADifference() {
        assertTrue(map.put("a", 1));
        assertFalse(map.put("a", 1));
        assertTrue(map.put("a", 2));
        assertEquals(2, map.get("a"));
        assertEquals(2, map.remove("a"));
        assertNull(map.remove("a"));
        assertNull(map.get("a"));
    }

    @Test
    void itIsEmptyOnceEverythingWasRemoved() {
        assertTrue(map.isEmpty());
        map.put("a", 1);
        assertFalse(map.isEmpty());
        map.remove("a");
        assertTrue(map.isEmpty());
    }
}
