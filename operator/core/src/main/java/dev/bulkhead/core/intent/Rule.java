package dev.bulkhead.core.intent;

import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Ports;

/**
 * One rule of an intent: outbound asks for egress, inbound offers ingress.
 *
 * @param index its place among the intent's rules of that direction
 * @param ports of a Service peer the Service's own ports, to narrow it; empty where the peer knows its ports itself
 * @param reason why, in the words of the team; empty where it gives none
 */
public record Rule(Direction direction, int index, Peer peer, Ports ports, String reason) {

    /** Where it stands in the intent, as in {@code outbound[0]}. */
    public String place() {
        return (direction == Direction.EGRESS ? "outbound[" : "inbound[") + index + "]";
    }
}
