package dev.bulkhead.core.plan;

import com.google.common.collect.Sets;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import java.util.Optional;

/** What two items of a policy's peers have in common. */
final class Peers {

    /**
     * @param one absent for anybody, as is {@code other}
     * @return absent where they have nothing in common
     */
    static Optional<Optional<PolicyPeer>> meet(Optional<PolicyPeer> one, Optional<PolicyPeer> other) {
        if (one.isEmpty()) {
            return Optional.of(other);
        }
        if (other.isEmpty() || one.equals(other)) {
            return Optional.of(one);
        }
        Optional<PolicyPeer> common = meet(one.get(), other.get());
        return common.isPresent() ? Optional.of(common) : Optional.empty();
    }

    private static Optional<PolicyPeer> meet(PolicyPeer one, PolicyPeer other) {
        if (one instanceof PolicyPeer.Pods a && other instanceof PolicyPeer.Pods b) {
            return meet(a, b);
        }
        if (one instanceof PolicyPeer.Addresses a && other instanceof PolicyPeer.Addresses b) {
            return meet(a.block(), b.block()).map(PolicyPeer.Addresses::new);
        }
        return Optional.empty();
    }

    private static Optional<PolicyPeer> meet(PolicyPeer.Pods one, PolicyPeer.Pods other) {
        if (one.namespaces().isPresent() != other.namespaces().isPresent()) {
            return Optional.empty();
        }
        Optional<LabelSelector> namespaces =
                one.namespaces().map(selector -> selector.and(other.namespaces().orElseThrow()));
        LabelSelector pods = one.pods().and(other.pods());
        boolean nobody = pods.isImpossible()
                || namespaces.filter(LabelSelector::isImpossible).isPresent();
        return nobody ? Optional.empty() : Optional.of(new PolicyPeer.Pods(namespaces, pods));
    }

    private static Optional<IpBlock> meet(IpBlock one, IpBlock other) {
        if (!one.overlaps(other)) {
            return Optional.empty();
        }
        Cidr inner = one.cidr().contains(other.cidr()) ? other.cidr() : one.cidr();
        return Optional.of(IpBlock.of(inner, Sets.union(one.except(), other.except())));
    }

    private Peers() {}
}
