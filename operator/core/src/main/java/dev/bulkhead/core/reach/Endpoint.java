package dev.bulkhead.core.reach;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.PodClass;

/** One end of a connection. */
public sealed interface Endpoint {

    /**
     * Pods that no selector can tell apart.
     *
     * @param addresses by which an {@code ipBlock} may know them, none where unknown. A block matches when any of them
     *     lies in it; whoever wants one verdict for each family asks with the addresses of one family
     */
    record Pods(String namespace, PodClass pods, ImmutableSortedSet<IpAddress> addresses) implements Endpoint {

        /** Pods of which no address is known. */
        public static Pods of(String namespace, PodClass pods) {
            return new Pods(namespace, pods, ImmutableSortedSet.of());
        }
    }

    /** An address that belongs to no pod of the cluster. */
    record Outside(IpAddress address) implements Endpoint {}
}
