package dev.bulkhead.app.policytest;

import dev.bulkhead.app.FailedException;
import dev.bulkhead.app.explain.Explainer;
import dev.bulkhead.app.explain.Explanation;
import dev.bulkhead.app.snapshot.Ends;
import java.util.Optional;

/** Runs tests against one snapshot. */
record TestRunner(Ends ends, Explainer explainer) {

    TestOutcome run(ConnectivityTest test) {
        Explanation explanation;
        try {
            explanation = explainer.judge(ends.find(test.from()), ends.find(test.to()), test.port());
        } catch (FailedException e) {
            return new TestOutcome(test, Optional.empty(), Optional.of(String.join("; ", e.lines())));
        }
        boolean asExpected =
                explanation.cases().stream().allMatch(one -> one.verdict().allowed() == test.allowed());
        if (asExpected) {
            return new TestOutcome(test, Optional.of(explanation), Optional.empty());
        }
        boolean everywhere =
                explanation.cases().stream().allMatch(one -> one.verdict().allowed() != test.allowed());
        String found = test.allowed() ? "denied" : "allowed";
        return new TestOutcome(
                test,
                Optional.of(explanation),
                Optional.of("expected " + (test.allowed() ? "Allowed" : "Denied") + ", but it is " + found
                        + (everywhere ? "" : " for some of the pods")));
    }
}
