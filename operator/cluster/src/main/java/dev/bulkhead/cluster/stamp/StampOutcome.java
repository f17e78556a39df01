package dev.bulkhead.cluster.stamp;

import java.util.Optional;
import java.util.function.Function;

/** What became of a pod that was to be stamped. */
public sealed interface StampOutcome {

    <T> T fold(
            Function<? super Stamped, ? extends T> stamped,
            Function<? super Gone, ? extends T> gone,
            Function<? super Refused, ? extends T> refused);

    /** Why the API server refused it, if it did. */
    default Optional<String> refusal() {
        return fold(stamped -> Optional.empty(), gone -> Optional.empty(), refused -> Optional.of(refused.reason()));
    }

    /** Its label tells the truth now. */
    record Stamped() implements StampOutcome {
        @Override
        public <T> T fold(
                Function<? super Stamped, ? extends T> stamped,
                Function<? super Gone, ? extends T> gone,
                Function<? super Refused, ? extends T> refused) {
            return stamped.apply(this);
        }
    }

    /** It ended meanwhile; whatever has its name now was stamped when it was born. */
    record Gone() implements StampOutcome {
        @Override
        public <T> T fold(
                Function<? super Stamped, ? extends T> stamped,
                Function<? super Gone, ? extends T> gone,
                Function<? super Refused, ? extends T> refused) {
            return gone.apply(this);
        }
    }

    /** The API server would not have it. */
    record Refused(String reason) implements StampOutcome {
        @Override
        public <T> T fold(
                Function<? super Stamped, ? extends T> stamped,
                Function<? super Gone, ? extends T> gone,
                Function<? super Refused, ? extends T> refused) {
            return refused.apply(this);
        }
    }
}
