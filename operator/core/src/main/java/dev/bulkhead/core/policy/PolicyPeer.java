package dev.bulkhead.core.policy;

import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import java.util.Optional;

/** An item of {@code from} or {@code to}. */
public sealed interface PolicyPeer {

    /** @param namespaces absent for the policy's own namespace alone */
    record Pods(Optional<LabelSelector> namespaces, LabelSelector pods) implements PolicyPeer {}

    record Addresses(IpBlock block) implements PolicyPeer {}
}
