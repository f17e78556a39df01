package dev.bulkhead.cluster.inventory;

import java.util.Optional;

/**
 * An object of our own kinds as it was seen: what it declares, or why that cannot be told.
 *
 * @param meaning absent where the object does not decode
 * @param problem what is wrong with it; empty where it decodes
 */
record Sighting<M, S>(Optional<M> meaning, String problem, LiveStatus<S> status) {}
