package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.compile.PolicyNames;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.World;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Orders writes so that every prefix of them is safe: nothing is denied on the way that is allowed before and after,
 * nothing is allowed that neither state allows. Orders that only grow or only shrink are safe as they are; of the others
 * the cheapest is taken for which {@link Proof} holds.
 */
public final class Planner {

    /** Takes a few seconds at most. */
    private static final long PROVABLE = 4_000_000;

    private static final String UNPROVED =
            "too many connections to prove the order of the writes: nothing opens on the way"
                    + " that is closed before and after, but something that is allowed before and after may be denied for a moment";

    private final long provable;

    public Planner() {
        this(PROVABLE);
    }

    /** @param provable connections to look at in one proof, about; beyond it an order is taken that is never a hole, and rarely a gap, by its making */
    public Planner(long provable) {
        this.provable = provable;
    }

    /**
     * @param world the classes of pods over which the order is proved
     * @param live every policy of the namespaces concerned, by whomever
     * @param desired every policy that Bulkhead should have in them
     * @param offered policies by others that may be taken over
     */
    public Plan plan(
            World world,
            Collection<NetworkPolicy> live,
            ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired,
            Set<NetworkPolicy.Key> offered) {
        Adoption adoption = Adoption.of(live, desired, offered);
        Map<NetworkPolicy.Key, NetworkPolicy> after = new TreeMap<>();
        live.forEach(policy -> after.put(policy.key(), policy));
        List<Change> changes = new ArrayList<>();
        ImmutableSortedSet.Builder<NetworkPolicy.Key> conflicts = ImmutableSortedSet.naturalOrder();
        TreeSet<NetworkPolicy.Key> keys = new TreeSet<>(after.keySet());
        keys.addAll(desired.keySet());
        for (NetworkPolicy.Key key : keys) {
            Optional<NetworkPolicy> old = Optional.ofNullable(after.get(key));
            Optional<NetworkPolicy> wanted = Optional.ofNullable(desired.get(key));
            if (old.filter(policy -> !Marker.isManaged(policy.labels())).isPresent()) {
                wanted.filter(policy -> !adoption.adopted().containsKey(key)).ifPresent(policy -> conflicts.add(key));
            } else if (!old.equals(wanted)) {
                changes.add(new Change(key, old, wanted));
                wanted.ifPresentOrElse(policy -> after.put(key, policy), () -> after.remove(key));
            }
        }
        return plan(world, live, after.values(), changes, conflicts.build()).with(adoption, desired);
    }

    private Plan plan(
            World world,
            Collection<NetworkPolicy> before,
            Collection<NetworkPolicy> after,
            List<Change> changes,
            ImmutableSortedSet<NetworkPolicy.Key> conflicts) {
        List<Change> baselines = changes.stream().filter(Planner::isBaseline).toList();
        if (changes.stream().allMatch(change -> isForNobody(world, change))) {
            // Whoever comes meanwhile finds it closed.
            return new Plan(
                    Stream.concat(baselines.stream(), changes.stream().filter(change -> !isBaseline(change)))
                            .map(Change::write)
                            .collect(ImmutableList.toImmutableList()),
                    0,
                    conflicts,
                    ImmutableSortedMap.of(),
                    ImmutableList.of());
        }
        boolean shrinks = changes.stream().anyMatch(Change::shrinks);
        boolean grows = changes.stream().anyMatch(Change::grows);
        List<NetworkPolicy> unchanged = unchanged(before, changes);
        boolean oneWay = !(shrinks && grows) && changes.stream().allMatch(change -> staysIsolated(change, unchanged));
        if (changes.size() <= 1 || oneWay) {
            boolean opens = grows || changes.stream().anyMatch(change -> mayRelease(change, unchanged));
            int withdrawals = opens ? 0 : changes.size();
            return new Plan(
                    changes.stream().map(Change::write).collect(ImmutableList.toImmutableList()),
                    withdrawals,
                    conflicts,
                    ImmutableSortedMap.of(),
                    ImmutableList.of());
        }
        Proof proof = new Proof(world, before, after);
        Orders orders = new Orders(
                before, changes.stream().filter(change -> !isBaseline(change)).toList(), baselines, proof.overlap());
        Bridges bridges = new Bridges(before);
        if (proof.size(changes.size()) > provable) {
            Script.Order safe = orders.safest(bridges.kinds(baselines).get(0));
            return new Plan(
                    safe.writes(), safe.withdrawals(), conflicts, ImmutableSortedMap.of(), ImmutableList.of(UNPROVED));
        }
        Script.Order chosen = null;
        Proof.Outcome best = Proof.Outcome.HOLE;
        for (Function<String, Optional<LabelSelector>> bridge : bridges.kinds(baselines)) {
            for (Script.Order order : (Iterable<Script.Order>) orders.under(bridge)::iterator) {
                Proof.Outcome outcome = proof.judge(order.writes());
                if (chosen == null || outcome.compareTo(best) < 0) {
                    chosen = order;
                    best = outcome;
                }
                if (best == Proof.Outcome.SAFE) {
                    return new Plan(
                            order.writes(),
                            order.withdrawals(),
                            conflicts,
                            ImmutableSortedMap.of(),
                            ImmutableList.of());
                }
            }
        }
        return new Plan(
                chosen.writes(),
                chosen.withdrawals(),
                conflicts,
                ImmutableSortedMap.of(),
                ImmutableList.of(best.caveat()));
    }

    /** Whether it makes a policy where no pods are, nor any workload that would have some. */
    private static boolean isForNobody(World world, Change change) {
        return change.before().isEmpty()
                && world.namespace(change.key().namespace())
                        .filter(namespace -> !namespace.pods().isEmpty()
                                || !namespace.workloads().isEmpty())
                        .isEmpty();
    }

    private static List<NetworkPolicy> unchanged(Collection<NetworkPolicy> before, List<Change> changes) {
        Set<NetworkPolicy.Key> changing = changes.stream().map(Change::key).collect(ImmutableSet.toImmutableSet());
        return before.stream()
                .filter(policy -> !changing.contains(policy.key()))
                .toList();
    }

    /** Whether the pods of the change are isolated by something that does not change with it. */
    private static boolean staysIsolated(Change change, Collection<NetworkPolicy> unchanged) {
        return !isBaseline(change)
                && unchanged.stream()
                        .anyMatch(policy ->
                                policy.key().namespace().equals(change.key().namespace())
                                        && policy.subject().isEverything()
                                        && policy.directions().containsAll(change.directions()));
    }

    /** Whether it takes away what isolates some pods, so that they are open. */
    private static boolean mayRelease(Change change, Collection<NetworkPolicy> unchanged) {
        return change.after().isEmpty() && !staysIsolated(change, unchanged);
    }

    private static boolean isBaseline(Change change) {
        return PolicyNames.isBaseline(change.key());
    }
}
