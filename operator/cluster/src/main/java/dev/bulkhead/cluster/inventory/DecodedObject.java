package dev.bulkhead.cluster.inventory;

import java.util.Optional;

/**
 * An object of our own kinds as it was seen: what it declares, or why that cannot be told.
 *
 * @param meaning absent where the object does not decode
 * @param problem what is wrong with it; empty where it decodes
 * @param weight about how many bytes of the heap what it declares takes, with what becomes of that
 */
record DecodedObject<M, S>(Optional<M> meaning, String problem, LiveStatus<S> status, long weight) {

    /** The same object where it cannot be told what it declares. */
    DecodedObject<M, S> rejected(String why) {
        return new DecodedObject<>(Optional.empty(), why, status, /* weight= */ 0);
    }
}
