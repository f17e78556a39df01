package dev.bulkhead.cluster.reconcile;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The namespaces that may have something to withdraw and were not looked at since. */
final class PendingWithdrawals {

    private static final long NONE = 0;

    private final AtomicLong wakes = new AtomicLong(NONE);
    private final Map<String, Long> pending = new ConcurrentHashMap<>();

    void expect(Collection<String> namespaces) {
        long wake = wakes.incrementAndGet();
        namespaces.forEach(namespace -> pending.put(namespace, wake));
    }

    /** What {@link #settle} is to be told; ask before looking at the inventory. */
    long latestWake(String namespace) {
        return pending.getOrDefault(namespace, NONE);
    }

    /** Whatever had to be withdrawn up to this wake is withdrawn. */
    void settle(String namespace, long wake) {
        pending.remove(namespace, wake);
    }

    /** With a namespace everything goes that it could withdraw. */
    void forget(String namespace) {
        pending.remove(namespace);
    }

    boolean isExpected(String namespace) {
        return pending.containsKey(namespace);
    }

    boolean anyOf(Collection<String> namespaces) {
        return namespaces.stream().anyMatch(pending::containsKey);
    }
}
