package dev.bulkhead.core.reach;

import dev.bulkhead.core.world.PortSet;

/**
 * What is allowed from one party to another.
 *
 * @param ports of the destination; where a workload's pods differ, those on which some pod of the source reaches some
 *     pod of the destination
 */
public record Connection(Party source, Party destination, PortSet ports) {}
