package dev.bulkhead.core.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.world.World;
import java.util.Collection;
import java.util.List;
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
        ImmutableList<Change> changes = transition.changes();
        if (transition.isForNobody()) {
            // Whoever comes meanwhile finds it closed.
            return asTheyAre(baselinesFirst(transition), 0, transition);
        }
        boolean oneWay = !(transition.shrinks() && transition.grows()) && transition.staysIsolated();
        if (changes.size() <= 1 || oneWay) {
            boolean opens = transition.grows() || transition.mayRelease();
            return asTheyAre(changes, opens ? 0 : changes.size(), transition);
        }
        return best(transition, Proof::of, Orders::under, Orders::safest);
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
                Orders::withdrawals);
    }

    private static List<Change> baselinesFirst(Transition transition) {
        return Stream.concat(transition.baselines().values().stream(), transition.others().stream())
                .toList();
    }

    private static Plan asTheyAre(List<Change> changes, int withdrawals, Transition transition) {
        return new Plan(
                changes.stream().map(Change::write).collect(ImmutableList.toImmutableList()),
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
            BiFunction<Orders, Bridge, Stream<Script.Order>> candidates,
            BiFunction<Orders, Bridge, Script.Order> unproved) {
        Bridges bridges = new Bridges(transition.before(), transition.after(), transition.baselines());
        Witnesses witnesses = new Witnesses(transition.world(), transition.policies());
        Proof.Size size = Proof.Size.of(transition, witnesses.pods(), witnesses.addressesAtMost());
        ImmutableList<Transition> readings = transition.readings();
        if (size.total() * readings.size() > provable) {
            Overlap overlap = size.states() > provable
                    ? Overlap.unknown()
                    : proving.apply(transition, witnesses.all()).overlap(provable);
            Script.Order order = unproved.apply(new Orders(transition, overlap), bridges.safe());
            return inOrder(order, transition, ImmutableList.of(UNPROVED));
        }
        List<Proof> proofs = readings.stream()
                .map(reading -> proving.apply(reading, witnesses.all()))
                .toList();
        Orders orders = new Orders(transition, proofs.get(0).overlap(provable));
        Script.Order chosen = null;
        Proof.Outcome best = Proof.Outcome.HOLE;
        for (Bridge bridge : bridges.kinds()) {
            for (Script.Order order : (Iterable<Script.Order>) candidates.apply(orders, bridge)::iterator) {
                Proof.Outcome outcome = worst(proofs, order.writes());
                if (chosen == null || outcome.compareTo(best) < 0) {
                    chosen = order;
                    best = outcome;
                }
                if (best == Proof.Outcome.SAFE) {
                    return inOrder(order, transition, ImmutableList.of());
                }
            }
        }
        return inOrder(chosen, transition, ImmutableList.of(best.caveat()));
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

    private static Plan inOrder(Script.Order order, Transition transition, ImmutableList<String> caveats) {
        return new Plan(order.writes(), order.withdrawals(), transition.conflicts(), ImmutableSortedMap.of(), caveats);
    }
}
