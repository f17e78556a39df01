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
}
