package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.intent.Rule;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.PodClass;
import dev.bulkhead.core.world.World;
import java.util.Optional;

/** Says whom declared rules mean, whatever becomes of them. For one thread. */
public final class DeclaredRules {

    private final RuleResolver resolve;

    public DeclaredRules(World world, Declarations declarations, Enrolment enrolment) {
        TrackedInputs inputs = new TrackedInputs(world, PoliciesByOthers.none(), declarations, enrolment);
        this.resolve = new RuleResolver(inputs, new GuardrailEvaluator(inputs));
    }

    /**
     * A rule whose own workload is there.
     *
     * @param subject which pods of the intent's namespace it speaks for
     * @param peer which pods it names; absent where it names none, or none that are known
     */
    public record Declared(DeclaredIntent.Key intent, Rule rule, LabelSelector subject, Optional<Pods> peer) {}

    /** Pods of some namespaces. */
    public record Pods(ImmutableSortedSet<String> namespaces, LabelSelector selector) {

        public boolean contain(String namespace, PodClass pod) {
            return namespaces.contains(namespace) && selector.matches(pod.labels());
        }
    }

    /** In the order of the intents' names. */
    public ImmutableList<Declared> in(String namespace) {
        ImmutableList.Builder<Declared> declared = ImmutableList.builder();
        for (ResolvedRule rule : resolve.resolve(namespace)) {
            rule.subject()
                    .found()
                    .ifPresent(subject ->
                            declared.add(new Declared(rule.intent(), rule.rule(), subject.selector(), peer(rule))));
        }
        return declared.build();
    }

    private static Optional<Pods> peer(ResolvedRule rule) {
        return rule.peer()
                .found()
                .flatMap(ResolvedPeer::asPods)
                .map(pods -> new Pods(pods.namespaces(), pods.selection().selector()));
    }
}
