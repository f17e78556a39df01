package dev.bulkhead.core.plan;

import com.google.common.collect.Sets;
import dev.bulkhead.core.policy.PolicyPeer;
import dev.bulkhead.core.world.Cidr;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.IpAddress;
import dev.bulkhead.core.world.IpBlock;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Namespace;
import java.util.List;
import java.util.Optional;

/** What items of policies' peers mean, and what two of them have in common. */
final class PeerIntersection {

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
        return one.fold(
                mine -> other.fold(theirs -> meet(mine, theirs), theirs -> Optional.empty()),
                mine -> other.fold(
                        theirs -> Optional.empty(),
                        theirs -> meet(mine.block(), theirs.block()).map(PolicyPeer.Addresses::new)));
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

    /**
     * Whether whoever is meant by one is meant by the other. Not exact: where several together mean as much, it says no.
     *
     * @param home the namespace of the policies that hold them
     */
    static boolean isWithin(Optional<PolicyPeer> one, Optional<PolicyPeer> other, String home) {
        if (other.isEmpty() || one.equals(other)) {
            return true;
        }
        return one.isPresent() && isWithin(one.get(), other.get(), home);
    }

    private static boolean isWithin(PolicyPeer one, PolicyPeer other, String home) {
        return one.fold(
                mine -> other.fold(
                        theirs -> mine.pods().implies(theirs.pods())
                                && namespaces(mine, home).implies(namespaces(theirs, home)),
                        theirs -> false),
                mine -> other.fold(theirs -> false, theirs -> isWithin(mine.block(), theirs.block())));
    }

    private static boolean isWithin(IpBlock one, IpBlock other) {
        return other.cidr().contains(one.cidr())
                && other.except().stream()
                        .allMatch(except -> !except.overlaps(one.cidr())
                                || one.except().stream().anyMatch(mine -> mine.contains(except)));
    }

    private static LabelSelector namespaces(PolicyPeer.Pods peer, String home) {
        return peer.namespaces().orElse(LabelSelector.label(Namespace.NAME_LABEL, home));
    }

    /**
     * Whether a pod of that namespace may be meant, whatever its labels and its address are.
     *
     * @param peer absent for anybody
     * @param home the namespace of the policy that holds it
     */
    static boolean mayMean(Optional<PolicyPeer> peer, String home, Namespace other, ClusterFacts facts) {
        if (peer.isEmpty()) {
            return true;
        }
        return peer.get()
                .fold(
                        pods -> !pods.pods().isImpossible()
                                && namespaces(pods, home).matches(other.labels()),
                        addresses -> mayMeanPods(addresses.block(), facts));
    }

    /** Whether pods may have such an address: those of nodes and API servers none has that a policy could hold. */
    private static boolean mayMeanPods(IpBlock block, ClusterFacts facts) {
        IpAddress first = block.cidr().network();
        boolean isServer = block.cidr().equals(Cidr.of(first))
                && (facts.nodes().contains(first)
                        || facts.apiServers().stream()
                                .anyMatch(server -> server.address().equals(first)));
        return !isServer
                && (facts.networks().isEmpty()
                        || facts.networks().stream().anyMatch(range -> block.overlaps(IpBlock.of(range, List.of()))));
    }

    private PeerIntersection() {}
}
