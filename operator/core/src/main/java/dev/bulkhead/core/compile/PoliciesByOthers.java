package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Collection;

/** The policies that Bulkhead did not write. They decide nothing about what it writes, but may close what a rule opens. */
@FunctionalInterface
public interface PoliciesByOthers {

    ImmutableList<NetworkPolicy> in(String namespace);

    static PoliciesByOthers none() {
        return namespace -> ImmutableList.of();
    }

    /** @param policies everybody's */
    static PoliciesByOthers among(Collection<NetworkPolicy> policies) {
        ImmutableListMultimap<String, NetworkPolicy> byNamespace = policies.stream()
                .filter(policy -> !Marker.isManaged(policy.labels()))
                .collect(ImmutableListMultimap.toImmutableListMultimap(
                        policy -> policy.key().namespace(), policy -> policy));
        return byNamespace::get;
    }
}
