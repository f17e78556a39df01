package dev.bulkhead.core.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Iterables;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.policy.PolicyRule;
import dev.bulkhead.core.world.Direction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Keeps in force what intents once meant that cannot be read: that is known from the policies that carry them alone. What those
 * allow for other intents follows what is desired, rule by rule: a rule that several intents share stays whole.
 */
public final class UnreadableIntents {

    private UnreadableIntents() {}

    /**
     * @param live the policies that Bulkhead has in one namespace
     * @return what is desired, and what the unreadable intents may have contributed to what is there
     */
    public static ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> kept(
            Collection<NetworkPolicy> live,
            Set<DeclaredIntent.Key> unreadable,
            ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired) {
        SortedMap<NetworkPolicy.Key, NetworkPolicy> kept = new TreeMap<>(desired);
        for (NetworkPolicy policy : live) {
            if (unreadable.stream().anyMatch(intent -> Provenance.mayCarry(policy, intent))) {
                kept.put(policy.key(), kept(policy, unreadable, Optional.ofNullable(desired.get(policy.key()))));
            }
        }
        return ImmutableSortedMap.copyOf(kept);
    }

    /** The whole policy where it does not tell which rules are whose. */
    private static NetworkPolicy kept(
            NetworkPolicy live, Set<DeclaredIntent.Key> unreadable, Optional<NetworkPolicy> desired) {
        boolean comparable = live.directions().size() == 1
                && desired.stream()
                        .allMatch(policy -> policy.subject().equals(live.subject())
                                && policy.directions().equals(live.directions()));
        if (!comparable) {
            return live;
        }
        Direction direction = Iterables.getOnlyElement(live.directions());
        Optional<ImmutableList<ImmutableSet<DeclaredIntent.Key>>> behindLive = Provenance.behindRules(live, direction);
        Optional<ImmutableList<ImmutableSet<DeclaredIntent.Key>>> behindDesired =
                desired.isEmpty() ? Optional.of(ImmutableList.of()) : Provenance.behindRules(desired.get(), direction);
        if (behindLive.isEmpty() || behindDesired.isEmpty()) {
            return live;
        }
        Map<PolicyRule, Set<DeclaredIntent.Key>> rules = new LinkedHashMap<>();
        desired.ifPresent(policy -> add(rules, policy.rules(direction), behindDesired.get(), Set.of()));
        add(rules, live.rules(direction), behindLive.get(), unreadable);
        return policy(live, direction, rules);
    }

    /** @param any of which one must stand behind a rule, or the rule is left out; none for all rules */
    private static void add(
            Map<PolicyRule, Set<DeclaredIntent.Key>> rules,
            List<PolicyRule> some,
            List<ImmutableSet<DeclaredIntent.Key>> behind,
            Set<DeclaredIntent.Key> any) {
        for (int i = 0; i < some.size(); i++) {
            if (any.isEmpty() || !Collections.disjoint(any, behind.get(i))) {
                rules.computeIfAbsent(some.get(i), unknown -> new TreeSet<>()).addAll(behind.get(i));
            }
        }
    }

    private static NetworkPolicy policy(
            NetworkPolicy live, Direction direction, Map<PolicyRule, Set<DeclaredIntent.Key>> rules) {
        ImmutableList<PolicyRule> all = ImmutableList.copyOf(rules.keySet());
        boolean egress = direction == Direction.EGRESS;
        return new NetworkPolicy(
                live.key(),
                live.labels(),
                Provenance.annotations(live.key().namespace(), direction, new ArrayList<>(rules.values())),
                live.subject(),
                live.directions(),
                egress ? ImmutableList.of() : all,
                egress ? all : ImmutableList.of());
    }
}
