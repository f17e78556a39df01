package dev.bulkhead.cluster.reconcile;

import dev.bulkhead.cluster.inventory.LivePolicy;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** Policies of ours that somebody else changed, until they are put right. */
final class DriftTracker {

    private final Map<NetworkPolicy.Key, String> changed = new ConcurrentHashMap<>();

    /** @param by who did it; empty where that is not known */
    void found(NetworkPolicy.Key key, String by) {
        changed.put(key, by);
    }

    /** Those writes will replace what somebody else put in the place of a policy of ours, whether or not that was seen to happen. */
    void expected(List<Write> writes, Map<String, LivePolicy> live) {
        for (Write write : writes) {
            LivePolicy before = live.get(write.key().name());
            if (before != null && !before.isManaged() && write.successor().isEmpty()) {
                changed.putIfAbsent(write.key(), before.writer());
            }
        }
    }

    /** Who left the policy as it still is, if somebody else did; empty text where that is not known. */
    Optional<String> by(NetworkPolicy.Key key) {
        return Optional.ofNullable(changed.get(key));
    }

    /** @param repaired told of each of these that was put right by them, and who had changed it */
    void written(List<Write> writes, BiConsumer<NetworkPolicy.Key, String> repaired) {
        if (changed.isEmpty()) {
            return;
        }
        for (Write write : writes) {
            String by = changed.remove(write.key());
            if (by != null) {
                repaired.accept(write.key(), by);
            }
        }
    }

    /** The namespace holds what it should again. */
    void settle(String namespace) {
        changed.keySet().removeIf(key -> key.namespace().equals(namespace));
    }
}
