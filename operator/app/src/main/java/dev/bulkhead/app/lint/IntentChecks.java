package dev.bulkhead.app.lint;

import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.RuleState;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.Peer;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WorkloadReference;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Namespace;
import java.util.Optional;

/** How the intents stand. */
final class IntentChecks implements Check {

    @Override
    public void check(LintInput input, Findings findings) {
        for (Compilation compilation : input.compilations().values()) {
            compilation
                    .intents()
                    .forEach((intent, outcome) -> outcome.rules().forEach(state -> stands(intent, state, findings)));
        }
        input.snapshot().declarations().intents().values().stream()
                .flatMap(intents -> intents.intents().values().stream())
                .forEach(intent -> accounts(input, intent, findings));
    }

    private static void stands(AccessIntent.Key intent, RuleState state, Findings findings) {
        String field = "spec." + state.rule().place();
        switch (state.state()) {
            case AWAITING_PEER ->
                findings.about(intent, field, Code.BH010, state.message(), "ask the other team for the matching rule");
            case UNRESOLVED, UNENFORCEABLE ->
                findings.about(intent, field, Code.BH016, state.state().label() + ": " + state.message(), "");
            case FORBIDDEN ->
                findings.about(
                        intent,
                        field,
                        Code.BH017,
                        state.message(),
                        "take the rule out, or ask the platform team, whose limit it is");
            case OBSERVED, OPEN -> {}
        }
    }

    private static void accounts(LintInput input, AccessIntent intent, Findings findings) {
        check(input, intent.key().namespace(), intent.workload(), intent, "spec.workload.serviceAccount", findings);
        for (Rule rule : intent.rules()) {
            if (rule.peer() instanceof Peer.OfWorkload peer) {
                String side = rule.direction() == Direction.EGRESS ? ".to" : ".from";
                check(
                        input,
                        peer.namespace(),
                        peer.workload(),
                        intent,
                        "spec." + rule.place() + side + ".workload.serviceAccount",
                        findings);
            }
        }
    }

    /** Only where something is known of the namespace: files of intents alone say nothing of its workloads. */
    private static void check(
            LintInput input,
            String namespaceName,
            WorkloadReference reference,
            AccessIntent intent,
            String field,
            Findings findings) {
        Optional<Namespace> namespace = input.snapshot().world().namespace(namespaceName);
        if (!(reference instanceof WorkloadReference.ServiceAccount account) || namespace.isEmpty()) {
            return;
        }
        boolean known = input.snapshot()
                .topology()
                .pods()
                .anyMatch(pod -> pod.namespace().equals(namespaceName));
        boolean used = input.snapshot()
                .topology()
                .pods()
                .anyMatch(pod -> pod.namespace().equals(namespaceName)
                        && pod.traits().serviceAccount().equals(account.name()));
        if (known && !used) {
            findings.about(
                    intent.key(),
                    field,
                    Code.BH012,
                    "no workload of namespace " + namespaceName + " runs under '" + account.name() + "'",
                    "write the name as the workload's serviceAccountName has it");
        }
    }
}
