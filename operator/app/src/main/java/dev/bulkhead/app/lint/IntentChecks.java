package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableSetMultimap;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.compile.RuleState;
import dev.bulkhead.core.intent.AccessIntent;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.intent.WorkloadReference;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Pod;
import dev.bulkhead.core.world.World;

/** How the intents stand. */
final class IntentChecks implements Check {

    @Override
    public void check(LintInput input, Findings findings) {
        for (Compilation compilation : input.compilations().values()) {
            compilation
                    .intents()
                    .forEach((intent, outcome) -> outcome.rules().forEach(state -> stands(intent, state, findings)));
        }
        ImmutableSetMultimap<String, String> used = input.snapshot()
                .topology()
                .pods()
                .collect(ImmutableSetMultimap.toImmutableSetMultimap(
                        Pod::namespace, pod -> pod.traits().serviceAccount()));
        input.snapshot().declarations().intents().values().stream()
                .flatMap(intents -> intents.intents().values().stream())
                .forEach(intent -> accounts(input.snapshot().world(), used, intent, findings));
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

    /** @param used by namespace, the service accounts under which pods run */
    private static void accounts(
            World world, ImmutableSetMultimap<String, String> used, AccessIntent intent, Findings findings) {
        check(
                world,
                used,
                intent.key().namespace(),
                intent.workload(),
                intent,
                "spec.workload.serviceAccount",
                findings);
        for (Rule rule : intent.rules()) {
            rule.peer().asWorkload().ifPresent(peer -> {
                String side = rule.direction() == Direction.EGRESS ? ".to" : ".from";
                check(
                        world,
                        used,
                        peer.namespace(),
                        peer.workload(),
                        intent,
                        "spec." + rule.place() + side + ".workload.serviceAccount",
                        findings);
            });
        }
    }

    /** Only where something is known of the namespace: files of intents alone say nothing of its workloads. */
    private static void check(
            World world,
            ImmutableSetMultimap<String, String> used,
            String namespace,
            WorkloadReference reference,
            AccessIntent intent,
            String field,
            Findings findings) {
        reference
                .account()
                .filter(account -> world.namespace(namespace).isPresent()
                        && used.containsKey(namespace)
                        && !used.containsEntry(namespace, account))
                .ifPresent(account -> findings.about(
                        intent.key(),
                        field,
                        Code.BH012,
                        "no workload of namespace " + namespace + " runs under '" + account + "'",
                        "write the name as the workload's serviceAccountName has it"));
    }
}
