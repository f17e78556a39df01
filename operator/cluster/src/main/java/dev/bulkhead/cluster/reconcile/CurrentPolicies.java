package dev.bulkhead.cluster.reconcile;

import dev.bulkhead.cluster.inventory.InventorySnapshot;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Before pods come to be isolated, the namespace's policies are read past all caches. Whoever deletes all of them deletes
 * the baseline first: with a watch that has not shown the rest yet, the baseline would come back strict and close what is to
 * stay open. And where another replica has isolated the pods already, a baseline that stands open at first would be a hole.
 *
 * @param compare takes in what the watch did not show so far of the policies of a namespace
 */
record CurrentPolicies(Consumer<String> compare, Supplier<InventorySnapshot> current) implements Gate {

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    @Override
    public Optional<Hold> check(ProposedWrites proposal) {
        if (!proposal.isolates()) {
            return Optional.empty();
        }
        try {
            compare.accept(proposal.namespace());
        } catch (KubernetesClientException e) {
            return Optional.of(Outage.hold("its policies cannot be read: " + e.getMessage(), e));
        }
        return current.get().policies(proposal.namespace()).equals(proposal.live())
                ? Optional.empty()
                : Optional.of(Hold.shrink("it is planned anew, since its policies are not what they were")
                        .again(AT_ONCE)
                        .notShown());
    }
}
