package dev.bulkhead.core.reach;

import dev.bulkhead.core.world.Direction;

/**
 * Whether one connection is allowed, and why.
 *
 * @param egress the half of its source
 * @param ingress the half of its destination
 * @param hostNetwork whether an end is on the host's network, which leaves the verdict to the network plugin
 */
public record Verdict(Decision egress, Decision ingress, boolean hostNetwork) {

    /** Both halves must let it pass. */
    public boolean allowed() {
        return egress.passes() && ingress.passes();
    }

    public Decision decision(Direction direction) {
        return direction == Direction.EGRESS ? egress : ingress;
    }
}
