package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a namespace holds as long as its compilation is held: what it held before, so that nothing opens and nothing is cut
 * off by a mistake. Only where no baseline closes it, such as where it is new, it comes to hold the one that does.
 */
public final class HeldPolicies {

    private HeldPolicies() {}

    /**
     * @param held a compilation that is
     * @param live the policies that are there, by whomever; those of other namespaces do not count
     * @return everything of Bulkhead's that the namespace is to hold
     */
    public static ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> of(
            Compilation held, Collection<NetworkPolicy> live) {
        Map<NetworkPolicy.Key, NetworkPolicy> policies = new TreeMap<>();
        live.stream()
                .filter(policy -> policy.key().namespace().equals(held.namespace()))
                .filter(policy -> Marker.isManaged(policy.labels()))
                .forEach(policy -> policies.put(policy.key(), policy));
        held.policies()
                .forEach((key, baseline) ->
                        policies.merge(key, baseline, (there, closed) -> isClosed(there) ? there : closed));
        return ImmutableSortedMap.copyOf(policies);
    }

    /** Whether it isolates every pod and allows nothing; one that stands open is half way, or somebody else opened it. */
    private static boolean isClosed(NetworkPolicy baseline) {
        return baseline.subject().isEverything()
                && !baseline.directions().isEmpty()
                && baseline.ingress().isEmpty()
                && baseline.egress().isEmpty();
    }
}
