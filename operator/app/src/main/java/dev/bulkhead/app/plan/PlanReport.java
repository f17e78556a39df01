package dev.bulkhead.app.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.compile.RuleOutcome;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.plan.Adoption;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Party;
import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.PortSet;
import dev.bulkhead.core.world.WorkloadName;
import java.util.function.BiPredicate;

/**
 * What declarations would do.
 *
 * @param created policies of Bulkhead; likewise {@code changed} and {@code deleted}
 * @param adoption of policies by others
 * @param kept what is allowed before and after
 * @param isolated workloads that policies select for the first time: whatever is not allowed them is cut
 * @param held namespaces in which no more may change than that they are closed, and why
 * @param rules of all intents, as they would stand
 */
public record PlanReport(
        ImmutableSortedSet<NetworkPolicy.Key> created,
        ImmutableSortedSet<NetworkPolicy.Key> changed,
        ImmutableSortedSet<NetworkPolicy.Key> deleted,
        Adoption adoption,
        ImmutableList<Edge> gained,
        ImmutableList<Edge> lost,
        KeptConnections kept,
        ImmutableList<Isolated> isolated,
        ImmutableList<String> held,
        ImmutableList<Declared> rules) {

    /**
     * A connection that comes or goes.
     *
     * @param intents behind the policies that allow it, after or before; none where it is open for want of policies
     */
    public record Edge(Party source, Party destination, PortSet ports, ImmutableSortedSet<String> intents) {}

    public record Isolated(WorkloadName workload, Direction direction) {}

    /** @param changed whether it would stand otherwise than it does, or that is not known */
    public record Declared(DeclaredIntent.Key intent, RuleOutcome state, boolean changed) {}

    /**
     * The same where it is known how rules stand now.
     *
     * @param isAsBefore whether a rule of an intent stands so now
     */
    public PlanReport comparedWith(BiPredicate<DeclaredIntent.Key, RuleOutcome> isAsBefore) {
        return new PlanReport(
                created,
                changed,
                deleted,
                adoption,
                gained,
                lost,
                kept,
                isolated,
                held,
                rules.stream()
                        .map(rule -> new Declared(
                                rule.intent(), rule.state(), !isAsBefore.test(rule.intent(), rule.state())))
                        .collect(ImmutableList.toImmutableList()));
    }

    /** Whether a limit that no team can pass stands in the way of any rule. */
    public boolean isForbidden() {
        return rules.stream().anyMatch(rule -> rule.state().state() == RuleOutcome.State.FORBIDDEN);
    }

    public boolean isEmpty() {
        return created.isEmpty()
                && changed.isEmpty()
                && deleted.isEmpty()
                && adoption.adopted().isEmpty()
                && gained.isEmpty()
                && lost.isEmpty();
    }
}
