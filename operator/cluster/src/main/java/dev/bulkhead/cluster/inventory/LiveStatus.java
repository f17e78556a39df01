package dev.bulkhead.cluster.inventory;

import java.util.Optional;

/**
 * What an object of our own kinds says of itself now.
 *
 * @param status absent where there is none, or none that decodes
 * @param version the object's resourceVersion
 */
public record LiveStatus<S>(Revision revision, Optional<S> status, String version) {}
