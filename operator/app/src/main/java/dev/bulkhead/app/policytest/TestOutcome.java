package dev.bulkhead.app.policytest;

import dev.bulkhead.app.explain.Explanation;
import java.util.Optional;

/**
 * What became of a test.
 *
 * @param explanation absent where the question could not be asked
 * @param failure why it failed; absent where it passed
 */
record TestOutcome(ConnectivityTest test, Optional<Explanation> explanation, Optional<String> failure) {

    boolean passed() {
        return failure.isEmpty();
    }
}
