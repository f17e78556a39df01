package dev.bulkhead.core.compile;

import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.world.IpBlock;
import java.util.Optional;

/** A rule of an intent with its two ends looked up, before it is held against any limit. */
record RequestedRule(DeclaredIntent intent, Resolution<Selection> subject, Rule rule, Resolution<ResolvedPeer> peer) {

    String namespace() {
        return intent.key().namespace();
    }

    /** The addresses that it names, if it does. */
    Optional<IpBlock> network() {
        return rule.peer().network();
    }
}
