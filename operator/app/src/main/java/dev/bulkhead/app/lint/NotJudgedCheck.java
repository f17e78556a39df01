package dev.bulkhead.app.lint;

/** Policies of other kinds: they may allow, or deny, what NetworkPolicies do not say. */
final class NotJudgedCheck implements Check {

    @Override
    public void check(LintInput input, Findings findings) {
        input.snapshot()
                .notJudged()
                .forEach(policy -> findings.about(
                        policy,
                        "",
                        Code.BH018,
                        "this kind of policy is not judged: what it allows or denies is in no finding and no verdict",
                        "look at it by itself, or say the same in NetworkPolicies or intents"));
    }
}
