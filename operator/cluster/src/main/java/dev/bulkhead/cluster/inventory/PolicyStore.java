package dev.bulkhead.cluster.inventory;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The live policies. Own writes are put in when they are acknowledged, so that the next look sees them and their echo
 * from the watch, which may come much later, is no news.
 */
final class PolicyStore {

    /** Deletions whose echo is awaited at most; it never comes for an object that the watch never showed. */
    private static final int MAXIMUM_TOMBSTONES = 10_000;

    private final SharedMap<String, ImmutableSortedMap<String, LivePolicy>> copies = new SharedMap<>();
    private final Set<String> stale = new HashSet<>();
    private final Map<String, SharedMap<String, LivePolicy>> byNamespace = new LinkedHashMap<>();
    private final Map<String, NetworkPolicy.Key> tombstones = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, NetworkPolicy.Key> eldest) {
            return size() > MAXIMUM_TOMBSTONES;
        }
    };

    private final Map<NetworkPolicy.Key, UnderWay> underWay = new HashMap<>();

    /**
     * A write of ours that was not answered yet.
     *
     * @param wanted absent for a deletion
     * @param gone uids of what the watch has shown to be gone since: an answer that tells of such a one comes too late
     */
    private record UnderWay(Optional<NetworkPolicy> wanted, Set<String> gone) {}

    LivePolicy get(NetworkPolicy.Key key) {
        SharedMap<String, LivePolicy> policies = byNamespace.get(key.namespace());
        return policies == null ? null : policies.get(key.name());
    }

    /** @return whether the watch showed something that was not known */
    boolean observed(LivePolicy seen) {
        LivePolicy known = get(seen.policy().key());
        boolean old = tombstones.containsKey(seen.uid()) || (known != null && seen.isCoveredBy(known));
        if (old) {
            return false;
        }
        put(seen);
        UnderWay write = underWay.get(seen.policy().key());
        if (write != null && write.wanted().equals(Optional.of(seen.policy()))) {
            return false;
        }
        return known == null
                || !known.uid().equals(seen.uid())
                || !known.policy().equals(seen.policy())
                || known.offered() != seen.offered();
    }

    /** @return whether the watch showed that an object is gone which was thought to be there */
    boolean observedGone(NetworkPolicy.Key key, String uid) {
        tombstones.remove(uid);
        UnderWay write = underWay.get(key);
        if (write != null) {
            write.gone().add(uid);
        }
        LivePolicy known = get(key);
        if (known == null || !known.uid().equals(uid)) {
            return false;
        }
        remove(key);
        return write == null || write.wanted().isPresent();
    }

    /**
     * We are about to write this, or to delete it; the watch may show that before the answer comes.
     *
     * @param wanted absent for a deletion
     */
    void writing(NetworkPolicy.Key key, Optional<NetworkPolicy> wanted) {
        underWay.put(key, new UnderWay(wanted, new HashSet<>()));
    }

    /** The answer came, or none will. */
    void answered(NetworkPolicy.Key key) {
        underWay.remove(key);
    }

    void written(LivePolicy policy) {
        NetworkPolicy.Key key = policy.policy().key();
        UnderWay write = underWay.get(key);
        if (write != null && write.gone().contains(policy.uid())) {
            return;
        }
        LivePolicy known = get(key);
        if (known == null || !policy.isCoveredBy(known)) {
            put(policy);
        }
    }

    void deleted(NetworkPolicy.Key key, String uid) {
        LivePolicy known = get(key);
        if (known != null && known.uid().equals(uid)) {
            tombstones.put(uid, key);
            remove(key);
        }
    }

    ImmutableSortedMap<String, ImmutableSortedMap<String, LivePolicy>> copy() {
        stale.forEach(namespace -> {
            SharedMap<String, LivePolicy> policies = byNamespace.get(namespace);
            if (policies == null) {
                copies.remove(namespace);
            } else {
                copies.put(namespace, policies.copy());
            }
        });
        stale.clear();
        return copies.copy();
    }

    boolean hasAny(String namespace) {
        return byNamespace.containsKey(namespace);
    }

    private void put(LivePolicy policy) {
        String namespace = policy.policy().key().namespace();
        byNamespace
                .computeIfAbsent(namespace, unknown -> new SharedMap<>())
                .put(policy.policy().key().name(), policy);
        stale.add(namespace);
    }

    private void remove(NetworkPolicy.Key key) {
        SharedMap<String, LivePolicy> policies = byNamespace.get(key.namespace());
        policies.remove(key.name());
        if (policies.isEmpty()) {
            byNamespace.remove(key.namespace());
        }
        stale.add(key.namespace());
    }
}
