package dev.bulkhead.app.snapshot;

import com.google.common.collect.Sets;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.HeldPolicies;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a cluster's policies are not what its declarations come to, such as while a quota refuses them or no operator runs. */
final class UnwrittenPolicies {

    /** How many are named; more are counted. */
    private static final int NAMED = 3;

    private UnwrittenPolicies() {}

    /**
     * @param live every policy of the cluster, by anybody
     * @return absent where every policy of the namespace is as it should be for now
     */
    static Optional<Caveat> in(Compilation compilation, Collection<NetworkPolicy> live) {
        SortedMap<NetworkPolicy.Key, NetworkPolicy> managed = new TreeMap<>();
        live.stream()
                .filter(policy ->
                        policy.key().namespace().equals(compilation.namespace()) && Marker.isManaged(policy.labels()))
                .forEach(policy -> managed.put(policy.key(), policy));
        List<String> differences = differences(
                compilation.held().isPresent()
                        ? HeldPolicies.of(compilation, managed.values())
                        : compilation.policies(),
                managed);
        if (differences.isEmpty()) {
            return Optional.empty();
        }
        int more = differences.size() - NAMED;
        return Optional.of(new Caveat(
                Caveat.Code.NOT_WRITTEN,
                compilation.namespace(),
                "what is declared is not in force, at least not yet: "
                        + String.join(", ", differences.subList(0, Math.min(NAMED, differences.size())))
                        + (more > 0 ? " and " + more + " more" : "")));
    }

    private static List<String> differences(
            Map<NetworkPolicy.Key, NetworkPolicy> desired, Map<NetworkPolicy.Key, NetworkPolicy> managed) {
        List<String> differences = new ArrayList<>();
        Sets.union(desired.keySet(), managed.keySet()).stream().sorted().forEach(key -> {
            if (!managed.containsKey(key)) {
                differences.add(key.name() + " is not there");
            } else if (!desired.containsKey(key)) {
                differences.add(key.name() + " is still there");
            } else if (!desired.get(key).allowsTheSameAs(managed.get(key))) {
                differences.add(key.name() + " says something else");
            }
        });
        return differences;
    }
}
