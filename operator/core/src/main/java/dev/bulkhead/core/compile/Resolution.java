package dev.bulkhead.core.compile;

import java.util.Optional;
import java.util.function.Function;

/** What a reference resolves to, or why it does not. */
sealed interface Resolution<T> {

    <U> U fold(Function<? super T, ? extends U> found, Function<? super Failed<T>, ? extends U> failed);

    /** What was found, if anything. */
    default Optional<T> found() {
        return fold(Optional::of, failed -> Optional.empty());
    }

    /** Why nothing was found, if nothing was. */
    default Optional<Failed<T>> failure() {
        return fold(found -> Optional.empty(), Optional::of);
    }

    /** What is made of that which was found; the same failure where nothing was. */
    default <U> Resolution<U> map(Function<? super T, ? extends U> made) {
        return fold(found -> new Found<>(made.apply(found)), Failed::as);
    }

    record Found<T>(T value) implements Resolution<T> {
        @Override
        public <U> U fold(Function<? super T, ? extends U> found, Function<? super Failed<T>, ? extends U> failed) {
            return found.apply(value);
        }
    }

    record Failed<T>(RuleOutcome.State state, String message) implements Resolution<T> {
        @Override
        public <U> U fold(Function<? super T, ? extends U> found, Function<? super Failed<T>, ? extends U> failed) {
            return failed.apply(this);
        }

        /** The same failure where something else was looked for. */
        <U> Failed<U> as() {
            return new Failed<>(state, message);
        }
    }

    /**
     * What is wrong in the intent's own namespace is for its team to mend; what is wrong in another one is that
     * namespace's business, and the one answer gives nothing away.
     */
    static <T> Resolution<T> missing(boolean own, String message) {
        return own
                ? new Failed<>(RuleOutcome.State.UNRESOLVED, message)
                : new Failed<>(RuleOutcome.State.AWAITING_PEER, "");
    }
}
