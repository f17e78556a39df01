package dev.bulkhead.core.compile;

import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Ports;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One allowance, at one end of a connection.
 *
 * @param subject the pods of the namespace it is written into
 * @param intent the declaration behind it
 */
record Grant(
        String namespace,
        Direction direction,
        LabelSelector subject,
        Target target,
        Ports ports,
        DeclaredIntent.Key intent) {

    /** The other end, as one item of a policy could name it. */
    sealed interface Target {
        <T> T fold(Function<? super Pods, ? extends T> pods, Function<? super Addresses, ? extends T> addresses);

        void visit(Consumer<? super Pods> pods, Consumer<? super Addresses> addresses);
    }

    record Pods(String namespace, LabelSelector selector) implements Target {
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

    record Addresses(IpBlock block) implements Target {
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
