package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Iterables;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.world.World;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Orders writes so that every prefix of them is safe: nothing is denied on the way that is allowed before and after,
 * nothing is allowed that neither state allows. Orders that only grow or only shrink are safe as they are; of the others
 * the cheapest is taken for which {@link Proof} holds.
 */
public final class Planner {

    /** Takes a few seconds at most. */
    private static final long PROVABLE = 8_000_000;

    /** Pods that nothing announces may cost a quarter of what a proof may. */
    private static final int UNANNOUNCED_SHARE = 4;

    private static final String UNPROVED =
            "too many connections to prove the order of the writes: nothing opens on the way"
                    + " that is closed before and after, but something that is allowed before and after may be denied for a moment";

    private final long provable;

    public Planner() {
        this(PROVABLE);
    }

    /** @param provable how much to look at in one proof, see {@link Proof.Size}; beyond it an order is taken that is never a hole, and rarely a gap, by its making */
    public Planner(long provable) {
        this.provable = provable;
    }

    /**
     * @param world the classes of pods over which the order is proved
     * @param live every policy of the namespaces concerned, by whomever; one that carries {@link
     *     dev.bulkhead.core.policy.Marker#UNREADABLE} may isolate and allow anything
     * @param desired every policy that Bulkhead should have in them
     * @param offered policies by others that may be taken over
     */
    public Plan plan(
            World world,
            Collection<NetworkPolicy> live,
            ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired,
            Set<NetworkPolicy.Key> offered) {
        Adoption adoption = Adoption.of(live, desired, offered);
        Transition transition = Transition.of(world, live, desired, adoption);
        return plan(transition).with(adoption, desired);
    }

    /**
     * For when nothing may grow: a plan that only takes away. It ends where everything is allowed that both the live and
     * the desired policies allow, and nothing else; what comes to be enforced is enforced, what is released is not. Taking
     * over policies by others waits.
     *
     * @see #plan
     */
    public Plan withdrawals(
            World world,
            Collection<NetworkPolicy> live,
            ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired,
            Set<NetworkPolicy.Key> offered) {
        Adoption adoption = Adoption.of(live, desired, offered);
        Transition transition = Transition.of(world, live, desired, adoption);
        return withdrawals(transition).refusing(adoption);
    }

    private Plan plan(Transition transition) {
        ImmutableList<PolicyChange> changes = transition.changes();
        if (transition.isForNobody()) {
            // Whoever comes meanwhile finds it closed.
            return asTheyAre(baselinesFirst(transition), 0, transition);
        }
        boolean oneWay = !(transition.shrinks() && transition.grows()) && transition.staysIsolated();
        if (changes.size() <= 1 || oneWay) {
            boolean opens = transition.grows() || transition.mayRelease();
            return asTheyAre(changes, opens ? 0 : changes.size(), transition);
        }
        return best(transition, Proof::of, WriteOrders::under, WriteOrders::safest);
    }

    private Plan withdrawals(Transition transition) {
        if (transition.changes().isEmpty()) {
            return asTheyAre(ImmutableList.of(), 0, transition);
        }
        if (transition.isForNobody() && transition.before().isEmpty()) {
            return asTheyAre(baselinesFirst(transition), transition.changes().size(), transition);
        }
        if (!transition.grows() && transition.staysIsolated()) {
            return asTheyAre(transition.changes(), transition.changes().size(), transition);
        }
        return best(
                transition,
                Proof::ofWithdrawals,
                (orders, bridge) -> Stream.of(orders.withdrawals(bridge)),
                WriteOrders::withdrawals);
    }

    private static List<PolicyChange> baselinesFirst(Transition transition) {
        return Stream.concat(transition.baselines().values().stream(), transition.others().stream())
                .toList();
    }

    private static Plan asTheyAre(List<PolicyChange> changes, int withdrawals, Transition transition) {
        return new Plan(
                changes.stream().map(PolicyChange::write).collect(ImmutableList.toImmutableList()),
                withdrawals,
                transition.conflicts(),
                ImmutableSortedMap.of(),
                ImmutableList.of());
    }

    /**
     * @param candidates the orders to try under a bridge, the cheapest first
     * @param unproved the one to take where there are too many connections to prove anything
     */
    private Plan best(
            Transition transition,
            BiFunction<Transition, List<Endpoint>, Proof> proving,
            BiFunction<WriteOrders, Bridge, Stream<WriteSequence.Order>> candidates,
            BiFunction<WriteOrders, Bridge, WriteSequence.Order> unproved) {
        Bridges bridges = new Bridges(transition.before(), transition.after(), transition.baselines());
        Witnesses witnesses = new Witnesses(transition.world(), transition.policies());
        Proof.Size size = Proof.Size.of(transition, witnesses.pods(), witnesses);
        ImmutableList<Transition> readings = transition.readings();
        if (size.total() * readings.size() > provable) {
            Overlap overlap = size.states() > provable
                    ? Overlap.unknown()
                    : proving.apply(transition, witnesses.all()).overlap(provable);
            WriteSequence.Order order = unproved.apply(new WriteOrders(transition, overlap), bridges.safe());
            return inOrder(order, transition, ImmutableList.of(UNPROVED));
        }
        List<Proof> forAll = proofs(readings, proving, witnesses.all());
        WriteOrders orders = new WriteOrders(transition, forAll.get(0).overlap(provable));
        List<Proof> forUnannounced = forUnannounced(transition, readings, proving, witnesses);
        Judged best = best(List.of(orders), bridges.kinds(), candidates, List.of(forAll), forUnannounced);
        if (!best.isSafe() && witnesses.existing().size() < witnesses.all().size()) {
            List<Proof> forExisting = proofs(readings, proving, witnesses.existing());
            WriteOrders forThem = new WriteOrders(transition, forExisting.get(0).overlap(provable));
            best = best(List.of(orders, forThem), bridges.kinds(), candidates, List.of(forAll, forExisting), List.of());
        }
        return inOrder(best.order(), transition, best.caveats());
    }

    /** None where there are no such pods, or where looking at them would take more than a part of what a proof may take. */
    private List<Proof> forUnannounced(
            Transition transition,
            ImmutableList<Transition> readings,
            BiFunction<Transition, List<Endpoint>, Proof> proving,
            Witnesses witnesses) {
        List<Endpoint> unannounced = witnesses.unannounced();
        if (unannounced.isEmpty()) {
            return List.of();
        }
        Proof.Size size = Proof.Size.of(transition, concat(witnesses.pods(), unannounced), witnesses);
        if (size.total() * readings.size() > provable / UNANNOUNCED_SHARE) {
            return List.of();
        }
        return proofs(readings, proving, concat(witnesses.all(), unannounced));
    }

    private static List<Endpoint> concat(List<Endpoint> some, List<Endpoint> others) {
        return ImmutableList.<Endpoint>builder().addAll(some).addAll(others).build();
    }

    /** One for each way in which the policies that cannot be read may be meant. */
    private static List<Proof> proofs(
            List<Transition> readings,
            BiFunction<Transition, List<Endpoint>, Proof> proving,
            List<Endpoint> witnesses) {
        return readings.stream()
                .map(reading -> proving.apply(reading, witnesses))
                .toList();
    }

    /**
     * An order, and how it fares.
     *
     * @param outcomes for all pods, those to come among them; and, if that was looked at, for those that are there
     * @param opens whether something opens to pods that nothing announces; asked only of an order that is safe otherwise
     */
    private record Judged(WriteSequence.Order order, List<Proof.Outcome> outcomes, boolean opens) {

        /**
         * Nothing may open, for whomever is there or announced; after that, pods that are there come before those that are
         * yet to come, and these before those that nothing announces.
         */
        private static final Comparator<Judged> WORST_LAST = Comparator.comparing(
                        (Judged judged) -> judged.outcomes().get(0) == Proof.Outcome.HOLE)
                .thenComparing(judged -> Iterables.getLast(judged.outcomes()))
                .thenComparing(judged -> judged.outcomes().get(0))
                .thenComparing(Judged::opens);

        private boolean isSafe() {
            return outcomes.get(0) == Proof.Outcome.SAFE;
        }

        private ImmutableList<String> caveats() {
            if (isSafe()) {
                return opens ? ImmutableList.of(Proof.Outcome.HOLE.caveatForPodsToCome()) : ImmutableList.of();
            }
            return ImmutableList.of(
                    Iterables.getLast(outcomes) == Proof.Outcome.SAFE
                            ? outcomes.get(0).caveatForPodsToCome()
                            : outcomes.get(0).caveat());
        }
    }

    /**
     * The first that is safe for all; of those that are not, the best.
     *
     * @param unannounced for pods that nothing announces as well
     */
    private static Judged best(
            List<WriteOrders> all,
            List<Bridge> bridges,
            BiFunction<WriteOrders, Bridge, Stream<WriteSequence.Order>> candidates,
            List<List<Proof>> proofs,
            List<Proof> unannounced) {
        Judged best = null;
        for (WriteOrders orders : all) {
            for (Bridge bridge : bridges) {
                for (WriteSequence.Order order :
                        (Iterable<WriteSequence.Order>) candidates.apply(orders, bridge)::iterator) {
                    List<Proof.Outcome> outcomes = proofs.stream()
                            .map(some -> worst(some, order.writes()))
                            .toList();
                    boolean opens = outcomes.get(0) == Proof.Outcome.SAFE
                            && worst(unannounced, order.writes()) == Proof.Outcome.HOLE;
                    Judged judged = new Judged(order, outcomes, opens);
                    if (best == null || Judged.WORST_LAST.compare(judged, best) < 0) {
                        best = judged;
                    }
                    if (best.isSafe() && !best.opens()) {
                        return best;
                    }
                }
            }
        }
        return Objects.requireNonNull(best);
    }

    private static Proof.Outcome worst(List<Proof> proofs, List<Write> writes) {
        Proof.Outcome worst = Proof.Outcome.SAFE;
        for (Proof proof : proofs) {
            worst = worst.or(proof.judge(writes));
            if (worst == Proof.Outcome.HOLE) {
                return worst;
            }
        }
        return worst;
    }

    private static Plan inOrder(WriteSequence.Order order, Transition transition, ImmutableList<String> caveats) {
        return new Plan(order.writes(), order.withdrawals(), transition.conflicts(), ImmutableSortedMap.of(), caveats);
    }
}
