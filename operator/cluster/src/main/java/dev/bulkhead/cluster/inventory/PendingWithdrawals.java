package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableSortedSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The namespaces that may have something to withdraw. The inventory puts them in under the lock under which it takes in the
 * change, so that whoever sees a change in a snapshot also sees here who has to withdraw something because of it.
 */
public final class PendingWithdrawals {

    private static final long NONE = 0;

    private final AtomicLong wakes = new AtomicLong(NONE);
    private final Map<String, Long> pending = new ConcurrentHashMap<>();

    void expect(Collection<String> namespaces) {
        long wake = wakes.incrementAndGet();
        namespaces.forEach(namespace -> pending.put(namespace, wake));
    }

    /** What {@link #settle} is to be told; ask before taking the snapshot that the plan is made for. */
    public long latestWake(String namespace) {
        return pending.getOrDefault(namespace, NONE);
    }

    /** Whatever had to be withdrawn up to this wake is withdrawn, and the API server has acknowledged it. */
    public void settle(String namespace, long wake) {
        pending.remove(namespace, wake);
    }

    /** With a namespace everything goes that it could withdraw. */
    void forget(String namespace) {
        pending.remove(namespace);
    }

    public boolean isExpected(String namespace) {
        return pending.containsKey(namespace);
    }

    /** Those that may have something to withdraw now. */
    public ImmutableSortedSet<String> namespaces() {
        return ImmutableSortedSet.copyOf(Comparator.naturalOrder(), pending.keySet());
    }
}
