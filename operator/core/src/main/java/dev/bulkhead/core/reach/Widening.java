package dev.bulkhead.core.reach;

import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.PortSet;

/**
 * A connection that is open because of one policy, and would be closed by the others.
 *
 * @param direction that the policy allows, for {@code self}
 * @param self one of the pods that the policy selects
 */
public record Widening(NetworkPolicy.Key policy, Direction direction, Endpoint self, Endpoint other, PortSet ports) {

    public Endpoint source() {
        return direction == Direction.EGRESS ? self : other;
    }

    public Endpoint destination() {
        return direction == Direction.EGRESS ? other : self;
    }
}
