package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.intent.NamespaceIntents;
import dev.bulkhead.core.intent.WellKnown;

/** What an intent can name as the other end of a rule, where that end is pods. */
public sealed interface PeerName {

    record OfNamespace(String name) implements PeerName {}

    record OfSegment(String name) implements PeerName {}

    record OfWellKnown(WellKnown name) implements PeerName {}

    /** Everything that these intents name. */
    static ImmutableSet<PeerName> of(NamespaceIntents intents) {
        ImmutableSet.Builder<PeerName> topics = ImmutableSet.builder();
        intents.referredNamespaces().forEach(name -> topics.add(new OfNamespace(name)));
        intents.referredSegments().forEach(name -> topics.add(new OfSegment(name)));
        intents.referredWellKnown().forEach(name -> topics.add(new OfWellKnown(name)));
        return topics.build();
    }
}
