package dev.bulkhead.core.policy;

import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** An item of {@code from} or {@code to}. */
public sealed interface PolicyPeer {

    <T> T fold(Function<? super Pods, ? extends T> pods, Function<? super Addresses, ? extends T> addresses);

    void visit(Consumer<? super Pods> pods, Consumer<? super Addresses> addresses);

    /** The peer, if it is pods. */
    default Optional<Pods> asPods() {
        return fold(Optional::of, addresses -> Optional.empty());
    }

    /** The peer, if it is addresses. */
    default Optional<Addresses> asAddresses() {
        return this instanceof Addresses addresses ? Optional.of(addresses) : Optional.empty();
    }

    /** @param namespaces absent for the policy's own namespace alone */
    record Pods(Optional<LabelSelector> namespaces, LabelSelector pods) implements PolicyPeer {
        @Override
        public <T> T fold(
                Function<? super Pods, ? extends T> pods, Function<? super Addresses, ? extends T> addresses) {
            return pods.apply(this);
        }

        @Override
        public void visit(Consumer<? super Pods> pods, Consumer<? super Addresses> addresses) {
            pods.accept(this);
        }
    }

    record Addresses(IpBlock block) implements PolicyPeer {
        @Override
        public <T> T fold(
                Function<? super Pods, ? extends T> pods, Function<? super Addresses, ? extends T> addresses) {
            return addresses.apply(this);
        }

        @Override
        public void visit(Consumer<? super Pods> pods, Consumer<? super Addresses> addresses) {
            addresses.accept(this);
        }
    }
}
