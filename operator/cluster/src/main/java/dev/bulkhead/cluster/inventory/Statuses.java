package dev.bulkhead.cluster.inventory;

import java.util.Optional;

/** The statuses of one of our own kinds: as they stand, and as they should. */
public interface Statuses<K, S> {

    /** As it stands; absent where the object is not known. */
    Optional<LiveStatus<S>> status(K key);

    /**
     * What it should say from now on; the watch may show it before the API server has acknowledged it. Whatever else it
     * comes to say is somebody else's, and no rest until it does.
     */
    void statusMeant(K key, S status);

    /** The API server acknowledged this status, and the version that it gave the object. */
    void statusWritten(K key, LiveStatus<S> status);
}
