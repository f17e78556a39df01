package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.Ports;

/** The other end of a rule as a policy can name it. */
sealed interface ResolvedPeer {

    /**
     * @param namespaces at least one
     * @param borrowed whether the selector or the ports were read off an object of another namespace
     * @param consents whether the other end has a say; what every cluster has is there for everybody
     */
    record Pods(
            ImmutableSortedSet<String> namespaces, Selection selection, Ports ports, boolean borrowed, boolean consents)
            implements ResolvedPeer {}

    record Addresses(ImmutableList<Block> blocks) implements ResolvedPeer {}

    record Block(IpBlock block, Ports ports) {}
}
