package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.Rule;
import java.util.Optional;

/**
 * A rule of an intent with its two ends looked up.
 *
 * @param prohibitions why it may not be carried out; none where it may
 */
record ResolvedRule(
        AccessIntent.Key intent,
        Rule rule,
        Resolution<Selection> subject,
        Resolution<ResolvedPeer> peer,
        ImmutableList<Prohibition> prohibitions) {

    boolean isForbidden() {
        return !prohibitions.isEmpty();
    }

    String namespace() {
        return intent.namespace();
    }

    /** Which pods the intent speaks for. Only for a rule whose ends are both resolved. */
    Selection subjectSelection() {
        return ((Resolution.Found<Selection>) subject).value();
    }

    /** The first end that does not resolve, the own one before the other. */
    Optional<Resolution.Failed<?>> failure() {
        if (subject instanceof Resolution.Failed<?> failed) {
            return Optional.of(failed);
        }
        return peer instanceof Resolution.Failed<?> failed ? Optional.of(failed) : Optional.empty();
    }

    /** The other end, where both ends resolve. */
    Optional<ResolvedPeer> resolvedPeer() {
        return failure().isEmpty() ? Optional.of(((Resolution.Found<ResolvedPeer>) peer).value()) : Optional.empty();
    }

    /** The other end, where both ends resolve and it is pods that may have a say. */
    Optional<ResolvedPeer.Pods> pods() {
        return resolvedPeer()
                .filter(found -> found instanceof ResolvedPeer.Pods)
                .map(ResolvedPeer.Pods.class::cast)
                .filter(ResolvedPeer.Pods::consents);
    }
}
