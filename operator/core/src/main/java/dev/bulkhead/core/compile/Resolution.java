package dev.bulkhead.core.compile;

/** What a reference resolves to, or why it does not. */
sealed interface Resolution<T> {

    record Found<T>(T value) implements Resolution<T> {}

    record Failed<T>(RuleState.State state, String message) implements Resolution<T> {
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
                ? new Failed<>(RuleState.State.UNRESOLVED, message)
                : new Failed<>(RuleState.State.AWAITING_PEER, "");
    }
}
