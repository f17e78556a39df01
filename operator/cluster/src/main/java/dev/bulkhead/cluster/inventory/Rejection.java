package dev.bulkhead.cluster.inventory;

/**
 * An object of our own kinds that does not decode.
 *
 * @param message what is wrong with it
 * @param meaningKept whether an earlier state of it did decode and is still in force; otherwise nobody knows what it means
 */
public record Rejection(Revision revision, String message, boolean meaningKept) {}
