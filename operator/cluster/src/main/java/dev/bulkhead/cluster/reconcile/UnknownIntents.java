package dev.bulkhead.cluster.reconcile;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Intents that were never understood while this process ran: what they once meant is known only from the policies that
 * carry them, so those stay as they are.
 */
record UnknownIntents() implements Gate {

    @Override
    public Optional<Hold> check(Proposal proposal) {
        Set<String> unknown = unknown(proposal);
        ImmutableSet<NetworkPolicy.Key> kept = proposal.live().values().stream()
                .filter(live -> live.isManaged() && carriesAny(live.policy(), unknown))
                .map(live -> live.policy().key())
                .collect(ImmutableSet.toImmutableSet());
        return kept.isEmpty()
                ? Optional.empty()
                : Optional.of(Hold.policies("an intent that they carry is not understood", kept));
    }

    private static boolean carriesAny(NetworkPolicy policy, Set<String> unknown) {
        String intents = policy.annotations().getOrDefault(Marker.INTENTS, "");
        return Arrays.stream(intents.split(",", -1)).anyMatch(unknown::contains);
    }

    /** As the policies of the namespace name them. */
    private static Set<String> unknown(Proposal proposal) {
        Set<String> names = new TreeSet<>();
        proposal.snapshot()
                .declared()
                .forEach((home, declared) -> declared.rejections().forEach((name, rejection) -> {
                    if (!rejection.meaningKept()) {
                        names.add(home.equals(proposal.namespace()) ? name : home + "/" + name);
                    }
                }));
        return names;
    }
}
