package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Optional;

/**
 * What one namespace should hold, and why.
 *
 * @param held why what this namespace holds may not change now, whatever that is; what it is to hold then {@link
 *     HeldPolicies} tells
 * @param policies everything that Bulkhead writes into the namespace; of one that is held only the baseline that closes it,
 *     or nothing
 * @param intents the outcome of each intent of the namespace
 * @param dependencies what all of this rests on
 */
public record Compilation(
        String namespace,
        Optional<String> held,
        ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> policies,
        ImmutableSortedMap<DeclaredIntent.Key, IntentOutcome> intents,
        Dependencies dependencies) {}
