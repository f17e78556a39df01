package dev.bulkhead.app.lint;

/** Looks for one thing, or a few that belong together. */
@FunctionalInterface
interface Check {

    void check(LintInput input, Findings findings);
}
