package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.Ports;
import java.util.Optional;
import java.util.OptionalInt;

/** Why one half of a connection stands or not. */
public sealed interface Decision {

    /** Whether this half lets the connection pass. */
    boolean passes();

    <T> T fold(Cases<T> cases);

    /** The rule that allows it, where one was needed. */
    default Optional<AllowedBy> allowance() {
        return this instanceof AllowedBy allowed ? Optional.of(allowed) : Optional.empty();
    }

    /** What closes it, if it is closed. */
    default Optional<DeniedBy> denial() {
        return this instanceof DeniedBy denied ? Optional.of(denied) : Optional.empty();
    }

    /** What to do with each kind of decision. */
    interface Cases<T> {
        T notIsolated(NotIsolated decision);

        T toItself(ToItself decision);

        T allowedBy(AllowedBy decision);

        T deniedBy(DeniedBy decision);
    }

    /** No policy selects this end in this direction, so nothing is closed; an end outside the cluster never is. */
    record NotIsolated() implements Decision {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.notIsolated(this);
        }

        @Override
        public boolean passes() {
            return true;
        }
    }

    /** A pod to itself: policies have no say in it. */
    record ToItself() implements Decision {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.toItself(this);
        }

        @Override
        public boolean passes() {
            return true;
        }
    }

    /**
     * @param policy the first by name of those that allow it
     * @param rule the index of its first rule that does
     * @param peer the index of that rule's first peer that means the other end; absent where the rule means anybody
     */
    record AllowedBy(NetworkPolicy.Key policy, int rule, OptionalInt peer) implements Decision {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.allowedBy(this);
        }

        @Override
        public boolean passes() {
            return true;
        }
    }

    /**
     * @param isolatedBy every policy that selects this end in this direction; none of them has a rule for the connection
     * @param nearMisses their rules that mean the other end, but other ports
     */
    record DeniedBy(ImmutableSortedSet<NetworkPolicy.Key> isolatedBy, ImmutableList<NearMiss> nearMisses)
            implements Decision {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.deniedBy(this);
        }

        @Override
        public boolean passes() {
            return false;
        }
    }

    /** @param ports that the rule allows instead */
    record NearMiss(NetworkPolicy.Key policy, int rule, Ports ports) {}
}
