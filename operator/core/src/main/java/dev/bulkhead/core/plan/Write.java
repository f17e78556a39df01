package dev.bulkhead.core.plan;

import dev.bulkhead.core.policy.NetworkPolicy;

/** One write to one policy. */
public sealed interface Write {

    NetworkPolicy.Key key();

    record Create(NetworkPolicy policy) implements Write {
        @Override
        public NetworkPolicy.Key key() {
            return policy.key();
        }
    }

    /** Replaces what the policy allows and says; an object may be updated more than once in a plan. */
    record Update(NetworkPolicy policy) implements Write {
        @Override
        public NetworkPolicy.Key key() {
            return policy.key();
        }
    }

    record Delete(NetworkPolicy.Key key) implements Write {}

    /** A policy by somebody else becomes ours; it allows already what ours is to allow. */
    record Adopt(NetworkPolicy policy) implements Write {
        @Override
        public NetworkPolicy.Key key() {
            return policy.key();
        }
    }

    /**
     * A policy by somebody else goes.
     *
     * @param by one of ours that stands by then, and allows the same
     */
    record Supersede(NetworkPolicy.Key key, NetworkPolicy.Key by) implements Write {}
}
