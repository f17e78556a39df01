package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.app.snapshot.Snapshot;

/**
 * What was there to read and is not known. That something is missing is no finding where it may be part of that.
 *
 * @param pods namespaces that may have pods and workloads of which nothing is known
 */
record Unread(ImmutableSet<String> pods) {

    static Unread of(Snapshot snapshot) {
        return new Unread(snapshot.withUnknownPods());
    }

    /** Whether the namespace may have pods, workloads or Services of which nothing is known. */
    boolean mayHavePods(String namespace) {
        return pods.contains(namespace);
    }

    /** Likewise in any namespace. */
    boolean mayHavePods() {
        return !pods.isEmpty();
    }
}
