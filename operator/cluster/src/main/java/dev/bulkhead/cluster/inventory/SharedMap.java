package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableSortedMap;
import java.util.TreeMap;

/** A map of which many snapshots share one copy for as long as it does not change. */
final class SharedMap<K extends Comparable<K>, V> {

    private final TreeMap<K, V> values = new TreeMap<>();
    private ImmutableSortedMap<K, V> copy = ImmutableSortedMap.of();
    private boolean stale;

    V get(K key) {
        return values.get(key);
    }

    /** @return whether that changed anything */
    boolean put(K key, V value) {
        boolean changed = !value.equals(values.put(key, value));
        stale |= changed;
        return changed;
    }

    V remove(K key) {
        V removed = values.remove(key);
        stale |= removed != null;
        return removed;
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    ImmutableSortedMap<K, V> copy() {
        if (stale) {
            copy = ImmutableSortedMap.copyOf(values);
            stale = false;
        }
        return copy;
    }
}
