package dev.bulkhead.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Maps;
import dev.bulkhead.core.plan.Plan;
import dev.bulkhead.core.plan.Planner;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.world.Namespace;
import dev.bulkhead.core.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * With R for what a state allows: {@code Old ∩ New ⊆ R ⊆ Old ∪ New} after every single write. Between pods as the world
 * knows them, by label and not by address.
 */
class TransitionsTest {

    private static final int TRANSITIONS = Integer.getInteger("bulkhead.transitions", 2_000);
    private static final int STEPS = 4;

    private int transitions;
    private int writes;
    private int caveats;
    private int caveatsForPodsToCome;
    /** By the plan. */
    private final ListMultimap<String, String> wrong = ArrayListMultimap.create();

    /** In a cluster that is too large to look at everything the planner has to rely on how the order is made. */
    @Test
    void theOrderThatIsTakenWithoutProofMakesNoHole() {
        follow(new Planner(0), UnaryOperator.identity(), /* proved= */ false);
        assertWrongAtMost(0);
    }

    @Test
    void everyPrefixOfAPlanMakesNeitherGapNorHole() {
        follow(new Planner(), UnaryOperator.identity(), /* proved= */ true);
        assertWrongAtMost(0);
        assertEquals(0, caveats, "plans have caveats although all policies are ours");
        // Where a port's name means one number to pods that are there and another to those of the next template.
        assertTrue(caveatsForPodsToCome <= TRANSITIONS / 500, caveatsForPodsToCome + " plans have such caveats");
    }

    /**
     * Nobody knows of them while the plan is made: neither pods nor a workload are in the namespace, only policies. What is
     * left are pods that several of these select at once, in a way in which they select no pods that are known.
     */
    @Test
    void podsOfAWorkloadThatIsCreatedBetweenTwoWritesMeetNoHole() {
        follow(new Planner(), this::withoutPods, /* proved= */ false);
        assertWrongAtMost(TRANSITIONS / 1_000);
    }

    private void assertWrongAtMost(int plans) {
        assertTrue(wrong.keySet().size() <= plans, () -> String.join("\n", wrong.values()));
    }

    /** Of each namespace in turn. */
    private World withoutPods(World world) {
        String namespace = Iterables.get(
                world.namespaces().keySet(), transitions % world.namespaces().size());
        return World.withoutAddresses(
                ImmutableSortedMap.copyOf(Maps.transformValues(
                        world.namespaces(), found -> found.name().equals(namespace) ? withoutPods(found) : found)),
                world.facts());
    }

    private static Namespace withoutPods(Namespace namespace) {
        return new Namespace(
                namespace.name(),
                namespace.labels(),
                namespace.terminating(),
                namespace.services(),
                ImmutableMap.of(),
                ImmutableSet.of());
    }

    /**
     * @param known what the planner knows of the world
     * @param proved whether it has proved its orders
     */
    private void follow(Planner planner, UnaryOperator<World> known, boolean proved) {
        for (long seed = 0; transitions < TRANSITIONS; seed++) {
            RandomWorlds random = new RandomWorlds(seed);
            Sample state = random.sample();
            Map<NetworkPolicy.Key, NetworkPolicy> live = new TreeMap<>(state.policies());
            for (int step = 0; step < STEPS; step++) {
                state = step == STEPS - 1
                        ? new Sample(state.world(), random.sample().declarations())
                        : random.change(state);
                live = follow(planner, known, proved, "seed " + seed + " step " + step, state, live);
            }
        }
        assertTrue(writes > 2 * TRANSITIONS, "only " + writes + " writes: the samples say too little");
    }

    /** Writes what the plan says, looks after each write, and returns what is there in the end. */
    private Map<NetworkPolicy.Key, NetworkPolicy> follow(
            Planner planner,
            UnaryOperator<World> known,
            boolean proved,
            String place,
            Sample state,
            Map<NetworkPolicy.Key, NetworkPolicy> old) {
        World world = state.world();
        ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired = state.policies(old.values());

        List<Endpoint> ends = new ArrayList<>(state.pods());
        ends.addAll(Sample.outside());
        Connections before = Connections.of(world, old.values(), ends);
        Connections after = Connections.of(world, desired.values(), ends);
        Plan plan = planner.plan(known.apply(world), old.values(), desired, ImmutableSet.of());
        int forPodsToCome = (int) plan.caveats().stream()
                .filter(caveat -> caveat.contains("pods of a new template"))
                .count();
        Map<NetworkPolicy.Key, NetworkPolicy> live = new TreeMap<>(old);
        for (int i = 0; i < plan.writes().size(); i++) {
            Written.apply(plan.writes().get(i), live);
            Connections now = Connections.of(world, live.values(), ends);
            Optional<String> problem = proved && forPodsToCome == plan.caveats().size()
                    ? now.wrongBetween(before, after)
                    : now.holeBetween(before, after);
            if (problem.isPresent()) {
                wrong.put(
                        place,
                        place + " write " + i + " of " + plan.writes().size() + " "
                                + plan.writes().get(i).key() + ": " + problem.get());
            }
            writes++;
        }
        caveats += plan.caveats().size() - forPodsToCome;
        caveatsForPodsToCome += forPodsToCome;
        if (!live.equals(desired)) {
            wrong.put(place, place + " does not arrive");
        }
        transitions++;
        return desired;
    }
}
