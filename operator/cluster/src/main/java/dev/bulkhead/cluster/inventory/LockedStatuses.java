package dev.bulkhead.cluster.inventory;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Statuses that others reach under the lock of all that they are part of.
 *
 * @param told of the version of each write
 */
record LockedStatuses<K, S>(Object lock, Statuses<K, S> statuses, Consumer<String> told) implements Statuses<K, S> {

    @Override
    public Optional<LiveStatus<S>> status(K key) {
        synchronized (lock) {
            return statuses.status(key);
        }
    }

    @Override
    public void statusMeant(K key, S status) {
        synchronized (lock) {
            statuses.statusMeant(key, status);
        }
    }

    @Override
    public void statusWritten(K key, LiveStatus<S> status) {
        synchronized (lock) {
            statuses.statusWritten(key, status);
            told.accept(status.version());
        }
    }
}
