package dev.bulkhead.core.plan;

import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Optional;

/** One write to one policy. */
public sealed interface Write {

    NetworkPolicy.Key key();

    /** The policy as it is afterwards; absent if it is gone. */
    Optional<NetworkPolicy> written();

    /** Which of our policies stands for one by somebody else afterwards, and allows the same; absent for writes to ours. */
    Optional<NetworkPolicy.Key> successor();

    default boolean isCreation() {
        return this instanceof Create;
    }

    /** Whether a policy of ours goes. */
    default boolean isDeletion() {
        return this instanceof Delete;
    }

    <T> T fold(Cases<T> cases);

    /** What to do with each kind of write. */
    interface Cases<T> {
        T create(Create write);

        T update(Update write);

        T delete(Delete write);

        T adopt(Adopt write);

        T supersede(Supersede write);
    }

    record Create(NetworkPolicy policy) implements Write {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.create(this);
        }

        @Override
        public NetworkPolicy.Key key() {
            return policy.key();
        }

        @Override
        public Optional<NetworkPolicy.Key> successor() {
            return Optional.empty();
        }

        @Override
        public Optional<NetworkPolicy> written() {
            return Optional.of(policy);
        }
    }

    /** Replaces what the policy allows and says; an object may be updated more than once in a plan. */
    record Update(NetworkPolicy policy) implements Write {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.update(this);
        }

        @Override
        public NetworkPolicy.Key key() {
            return policy.key();
        }

        @Override
        public Optional<NetworkPolicy.Key> successor() {
            return Optional.empty();
        }

        @Override
        public Optional<NetworkPolicy> written() {
            return Optional.of(policy);
        }
    }

    record Delete(NetworkPolicy.Key key) implements Write {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.delete(this);
        }

        @Override
        public Optional<NetworkPolicy.Key> successor() {
            return Optional.empty();
        }

        @Override
        public Optional<NetworkPolicy> written() {
            return Optional.empty();
        }
    }

    /** A policy by somebody else becomes ours; it allows already what ours is to allow. */
    record Adopt(NetworkPolicy policy) implements Write {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.adopt(this);
        }

        @Override
        public NetworkPolicy.Key key() {
            return policy.key();
        }

        @Override
        public Optional<NetworkPolicy.Key> successor() {
            return Optional.of(policy.key());
        }

        @Override
        public Optional<NetworkPolicy> written() {
            return Optional.of(policy);
        }
    }

    /**
     * A policy by somebody else goes.
     *
     * @param by one of ours that stands by then, and allows the same
     */
    record Supersede(NetworkPolicy.Key key, NetworkPolicy.Key by) implements Write {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.supersede(this);
        }

        @Override
        public Optional<NetworkPolicy.Key> successor() {
            return Optional.of(by);
        }

        @Override
        public Optional<NetworkPolicy> written() {
            return Optional.empty();
        }
    }
}
