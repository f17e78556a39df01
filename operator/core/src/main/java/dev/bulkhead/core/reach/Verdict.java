package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.world.Direction;

/**
 * Whether one connection is allowed, and why.
 *
 * @param egress the half of its source
 * @param ingress the half of its destination
 * @param remarks why others may judge otherwise
 */
public record Verdict(Decision egress, Decision ingress, ImmutableSortedSet<Remark> remarks) {

    /** Of a pod that connects to itself. */
    public static Verdict toItself() {
        return new Verdict(new Decision.ToItself(), new Decision.ToItself(), ImmutableSortedSet.of());
    }

    /** Both halves must let it pass. */
    public boolean allowed() {
        return egress.passes() && ingress.passes();
    }

    public Decision decision(Direction direction) {
        return direction == Direction.EGRESS ? egress : ingress;
    }
}
