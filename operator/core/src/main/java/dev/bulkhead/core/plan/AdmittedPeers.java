package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.ClusterFacts;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Namespace;
import java.util.Collection;

/**
 * Whom the policies of a namespace admit at all. Told from selectors alone, so that it holds for pods that do not exist
 * yet: it admits rather more than less.
 */
public final class AdmittedPeers {

    private final String namespace;
    private final ImmutableList<NetworkPolicy> policies;

    private AdmittedPeers(String namespace, ImmutableList<NetworkPolicy> policies) {
        this.namespace = namespace;
        this.policies = policies;
    }

    /** @param live every policy of the namespace, by whomever; those of other namespaces are passed over */
    public static AdmittedPeers of(String namespace, Collection<NetworkPolicy> live) {
        return new AdmittedPeers(
                namespace,
                live.stream()
                        .filter(policy -> policy.key().namespace().equals(namespace))
                        .collect(ImmutableList.toImmutableList()));
    }

    /** Of a namespace whose policies are not all understood, and that may admit anybody. */
    public static AdmittedPeers unknown(String namespace) {
        return new AdmittedPeers(namespace, ImmutableList.of());
    }

    /**
     * Whether some pod may connect with some pod of the other namespace, as far as its own half goes.
     *
     * @param direction of that half: INGRESS for connections from the other namespace
     */
    public boolean admits(Direction direction, Namespace other, ClusterFacts facts) {
        ImmutableList<NetworkPolicy> isolating = policies.stream()
                .filter(policy -> policy.directions().contains(direction))
                .collect(ImmutableList.toImmutableList());
        boolean someAreOpen =
                isolating.stream().noneMatch(policy -> policy.subject().isEverything());
        return someAreOpen
                || isolating.stream()
                        .flatMap(policy -> Allowances.of(policy).ports().keySet().stream())
                        .filter(item -> item.direction() == direction)
                        .anyMatch(item -> PeerIntersection.mayMean(item.peer(), namespace, other, facts));
    }
}
