package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.Ports;
import java.util.Optional;
import java.util.function.Function;

/** The other end of a rule as a policy can name it. */
sealed interface ResolvedPeer {

    <T> T fold(Function<? super Pods, ? extends T> pods, Function<? super Addresses, ? extends T> addresses);

    /** The peer, if it is pods. */
    default Optional<Pods> asPods() {
        return fold(Optional::of, addresses -> Optional.empty());
    }

    /** The peer, if it is addresses. */
    default Optional<Addresses> asAddresses() {
        return this instanceof Addresses addresses ? Optional.of(addresses) : Optional.empty();
    }

    /**
     * @param namespaces at least one
     * @param borrowed whether the selector or the ports were read off an object of another namespace
     * @param consents whether the other end has a say; what every cluster has is there for everybody
     */
    record Pods(
            ImmutableSortedSet<String> namespaces, Selection selection, Ports ports, boolean borrowed, boolean consents)
            implements ResolvedPeer {
        @Override
        public <T> T fold(
                Function<? super Pods, ? extends T> pods, Function<? super Addresses, ? extends T> addresses) {
            return pods.apply(this);
        }
    }

    record Addresses(ImmutableList<Block> blocks) implements ResolvedPeer {
        @Override
        public <T> T fold(
                Function<? super Pods, ? extends T> pods, Function<? super Addresses, ? extends T> addresses) {
            return addresses.apply(this);
        }
    }

    /**
     * @param asked what was meant, before the ranges that are known to be the cluster's were taken out of it
     */
    record Block(IpBlock block, IpBlock asked, Ports ports) {

        static Block of(IpBlock block, Ports ports) {
            return new Block(block, block, ports);
        }
    }
}
