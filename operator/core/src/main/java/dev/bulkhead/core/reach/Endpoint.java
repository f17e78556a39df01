package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.PodClass;
import java.util.Optional;
import java.util.function.Function;

/** One end of a connection. */
public sealed interface Endpoint {

    <T> T fold(Function<? super Pods, ? extends T> pods, Function<? super Outside, ? extends T> outside);

    /** The end, if it is pods of the cluster. */
    default Optional<Pods> asPods() {
        return fold(Optional::of, outside -> Optional.empty());
    }

    /** The address families by which it can be reached, as widths of addresses; none where no address is known. */
    ImmutableSet<Integer> families();

    /** The same end with its addresses of one family alone. */
    Endpoint ofFamily(int bits);

    /**
     * Pods that no selector can tell apart.
     *
     * @param addresses by which an {@code ipBlock} may know them, none where unknown. A block matches when any of them
     *     lies in it
     */
    record Pods(String namespace, PodClass pods, ImmutableSortedSet<IpAddress> addresses) implements Endpoint {
        @Override
        public <T> T fold(Function<? super Pods, ? extends T> pods, Function<? super Outside, ? extends T> outside) {
            return pods.apply(this);
        }

        /** Pods of which no address is known. */
        public static Pods of(String namespace, PodClass pods) {
            return new Pods(namespace, pods, ImmutableSortedSet.of());
        }

        public static Pods of(Pod pod) {
            return new Pods(pod.namespace(), pod.traits(), pod.addresses());
        }

        @Override
        public ImmutableSet<Integer> families() {
            return addresses.stream().map(IpAddress::bits).collect(ImmutableSet.toImmutableSet());
        }

        @Override
        public Pods ofFamily(int bits) {
            return new Pods(
                    namespace,
                    pods,
                    ImmutableSortedSet.copyOf(Sets.filter(addresses, address -> address.bits() == bits)));
        }
    }

    /** An address that belongs to no pod of the cluster. */
    record Outside(IpAddress address) implements Endpoint {
        @Override
        public <T> T fold(Function<? super Pods, ? extends T> pods, Function<? super Outside, ? extends T> outside) {
            return outside.apply(this);
        }

        @Override
        public ImmutableSet<Integer> families() {
            return ImmutableSet.of(address.bits());
        }

        @Override
        public Outside ofFamily(int bits) {
            return this;
        }
    }

    /**
     * A connection has one address family: the ends as each family that both have sees them. Where a family of one of
     * them is not known, or they have none in common, all that is known is taken together.
     */
    static ImmutableList<Pair> byFamily(Endpoint source, Endpoint destination) {
        ImmutableSet<Integer> ofSource = source.families();
        ImmutableSet<Integer> ofDestination = destination.families();
        if (ofSource.size() < 2 && ofDestination.size() < 2) {
            return ImmutableList.of(new Pair(source, destination));
        }
        ImmutableList<Pair> pairs = Sets.intersection(ofSource, ofDestination).stream()
                .sorted()
                .map(bits -> new Pair(source.ofFamily(bits), destination.ofFamily(bits)))
                .collect(ImmutableList.toImmutableList());
        return pairs.isEmpty() ? ImmutableList.of(new Pair(source, destination)) : pairs;
    }

    /** The two ends of one connection. */
    record Pair(Endpoint source, Endpoint destination) {}
}
