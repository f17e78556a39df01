package dev.bulkhead.cluster.inventory;

import java.util.Optional;

/**
 * An object of our own kinds that does not decode.
 *
 * @param revision absent once the object is gone, although what it may have meant has to be reckoned with
 * @param message what is wrong with it
 * @param meaningKept whether an earlier state of it did decode and is still in force; otherwise nobody knows what it means
 */
public record Rejection(Optional<Revision> revision, String message, boolean meaningKept) {}
