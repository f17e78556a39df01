package dev.bulkhead.cluster.status;

import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.compile.IntentOutcome;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.util.Optional;

/**
 * What became of an intent, once everything that could be written for it was acknowledged.
 *
 * @param held why something in its namespace may not change now, in a sentence
 * @param conflicts names that should carry it and that objects of others hold
 */
public record IntentFindings(
        IntentOutcome outcome, Optional<String> held, ImmutableSortedSet<NetworkPolicy.Key> conflicts) {}
