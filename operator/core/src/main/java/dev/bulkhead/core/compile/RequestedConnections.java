package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.WellKnown;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Ports;
import java.util.Optional;
import java.util.function.Function;

/**
 * Connections that a rule would open, told without asking the other end.
 *
 * @param from where they begin
 * @param to where they end
 * @param ports none where they are not known
 */
record RequestedConnections(End from, End to, Ports ports) {

    sealed interface End {
        <T> T fold(
                Function<? super Pods, ? extends T> pods,
                Function<? super Addresses, ? extends T> addresses,
                Function<? super Named, ? extends T> named);

        default boolean isAddresses() {
            return this instanceof Addresses;
        }
    }

    /**
     * Pods of any of the namespaces.
     *
     * @param segment the segment that was named instead of namespaces; empty where none was
     * @param selector of the pods; everything where that is not known
     */
    record Pods(ImmutableSortedSet<String> namespaces, String segment, LabelSelector selector) implements End {
        @Override
        public <T> T fold(
                Function<? super Pods, ? extends T> pods,
                Function<? super Addresses, ? extends T> addresses,
                Function<? super Named, ? extends T> named) {
            return pods.apply(this);
        }
    }

    /**
     * @param block outside of the ranges that are known to be the cluster's
     * @param asked as it was declared; absent where all of it is in those ranges, so that nothing opens
     */
    record Addresses(IpBlock block, Optional<IpBlock> asked) implements End {
        @Override
        public <T> T fold(
                Function<? super Pods, ? extends T> pods,
                Function<? super Addresses, ? extends T> addresses,
                Function<? super Named, ? extends T> named) {
            return addresses.apply(this);
        }
    }

    /** A well-known peer that does not resolve. */
    record Named(WellKnown name) implements End {
        @Override
        public <T> T fold(
                Function<? super Pods, ? extends T> pods,
                Function<? super Addresses, ? extends T> addresses,
                Function<? super Named, ? extends T> named) {
            return named.apply(this);
        }
    }
}
