package dev.bulkhead.core.compile;

import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Ports;

/**
 * One allowance, at one end of a connection.
 *
 * @param subject the pods of the namespace it is written into
 * @param intent the declaration behind it
 */
record Half(
        String namespace,
        Direction direction,
        LabelSelector subject,
        Target target,
        Ports ports,
        AccessIntent.Key intent) {

    /** The other end, as one item of a policy could name it. */
    sealed interface Target {}

    record Pods(String namespace, LabelSelector selector) implements Target {}

    record Addresses(IpBlock block) implements Target {}
}
