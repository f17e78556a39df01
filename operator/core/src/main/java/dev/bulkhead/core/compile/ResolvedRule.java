package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Rule;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A rule of an intent with its two ends looked up.
 *
 * @param limits tells why it may not be carried out; whoever asks depends on what that rests on
 */
record ResolvedRule(
        DeclaredIntent.Key intent,
        Rule rule,
        Resolution<Selection> subject,
        Resolution<ResolvedPeer> peer,
        Supplier<ImmutableList<Prohibition>> limits) {

    /** Why it may not be carried out; none where it may. */
    ImmutableList<Prohibition> prohibitions() {
        return limits.get();
    }

    boolean isForbidden() {
        return !prohibitions().isEmpty();
    }

    String namespace() {
        return intent.namespace();
    }

    /** Which pods the intent speaks for. Only for a rule whose ends are both resolved. */
    Selection subjectSelection() {
        return subject.found().orElseThrow();
    }

    /** The first end that does not resolve, the own one before the other. */
    Optional<Resolution.Failed<?>> failure() {
        Optional<Resolution.Failed<?>> own = subject.fold(found -> Optional.empty(), Optional::of);
        return own.isPresent() ? own : peer.fold(found -> Optional.empty(), Optional::of);
    }

    /** The other end, where both ends resolve. */
    Optional<ResolvedPeer> resolvedPeer() {
        return subject.found().flatMap(found -> peer.found());
    }

    /** The other end, where both ends resolve and it is pods that may have a say. */
    Optional<ResolvedPeer.Pods> pods() {
        return resolvedPeer().flatMap(ResolvedPeer::asPods).filter(ResolvedPeer.Pods::consents);
    }
}
