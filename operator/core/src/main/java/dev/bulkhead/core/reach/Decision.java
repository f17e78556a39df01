package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;

/** Why one half of a connection stands or not. */
public sealed interface Decision {

    /** Whether this half lets the connection pass. */
    boolean passes();

    /** No policy selects this end in this direction, so nothing is closed; an end outside the cluster never is. */
    record NotIsolated() implements Decision {
        @Override
        public boolean passes() {
            return true;
        }
    }

    /**
     * @param policy the first by name of those that allow it
     * @param rule the index of its first rule that does
     */
    record AllowedBy(NetworkPolicy.Key policy, int rule) implements Decision {
        @Override
        public boolean passes() {
            return true;
        }
    }

    /** @param isolatedBy every policy that selects this end in this direction; none of them has a rule for the connection */
    record DeniedBy(ImmutableSortedSet<NetworkPolicy.Key> isolatedBy) implements Decision {
        @Override
        public boolean passes() {
            return false;
        }
    }
}
