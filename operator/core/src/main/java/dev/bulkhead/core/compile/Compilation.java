package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Optional;

/**
 * What one namespace should hold, and why.
 *
 * @param held why nothing in this namespace may change now, whatever it holds; {@code policies} is then empty and says nothing
 * @param policies everything that Bulkhead writes into the namespace
 * @param intents the outcome of each intent of the namespace
 * @param dependencies what all of this rests on
 */
public record Compilation(
        String namespace,
        Optional<String> held,
        ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> policies,
        ImmutableSortedMap<AccessIntent.Key, IntentOutcome> intents,
        Dependencies dependencies) {}
