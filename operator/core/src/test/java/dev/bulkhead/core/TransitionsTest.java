package dev.bulkhead.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.compile.Compilation;
import dev.bulkhead.core.plan.Plan;
import dev.bulkhead.core.plan.Planner;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Endpoint;
import dev.bulkhead.core.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
    private final List<String> wrong = new ArrayList<>();

    /** In a cluster that is too large to look at everything the planner has to rely on how the order is made. */
    @Test
    void theOrderThatIsTakenWithoutProofMakesNoHole() {
        follow(new Planner(0), /* proved= */ false);
    }

    @Test
    void everyPrefixOfAPlanMakesNeitherGapNorHole() {
        follow(new Planner(), /* proved= */ true);
        assertEquals(0, caveats, "plans have caveats although all policies are ours");
        // Where a port's name means one number to pods that are there and another to those of the next template.
        assertTrue(caveatsForPodsToCome <= TRANSITIONS / 500, caveatsForPodsToCome + " plans have such caveats");
    }

    private void follow(Planner planner, boolean proved) {
        for (long seed = 0; transitions < TRANSITIONS; seed++) {
            RandomWorlds random = new RandomWorlds(seed);
            Sample state = random.sample();
            Map<NetworkPolicy.Key, NetworkPolicy> live = new TreeMap<>(state.policies());
            for (int step = 0; step < STEPS; step++) {
                state = step == STEPS - 1
                        ? new Sample(state.world(), random.sample().declarations())
                        : random.change(state);
                live = follow(planner, proved, "seed " + seed + " step " + step, state, live);
            }
        }
        assertEquals("", String.join("\n", wrong), wrong.size() + " wrong");
        assertTrue(writes > 2 * TRANSITIONS, "only " + writes + " writes: the samples say too little");
    }

    /** Writes what the plan says, looks after each write, and returns what is there in the end. */
    private Map<NetworkPolicy.Key, NetworkPolicy> follow(
            Planner planner, boolean proved, String place, Sample state, Map<NetworkPolicy.Key, NetworkPolicy> old) {
        World world = state.world();
        ImmutableSet<String> held = state.compile().stream()
                .filter(compilation -> compilation.held().isPresent())
                .map(Compilation::namespace)
                .collect(ImmutableSet.toImmutableSet());
        Map<NetworkPolicy.Key, NetworkPolicy> concerned = new TreeMap<>(old);
        concerned.keySet().removeIf(key -> held.contains(key.namespace()));
        ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired = state.policies();
        Map<NetworkPolicy.Key, NetworkPolicy> settled = new TreeMap<>(old);
        settled.keySet().removeAll(concerned.keySet());
        settled.putAll(desired);

        List<Endpoint> ends = new ArrayList<>(state.pods());
        ends.addAll(Sample.outside());
        Connections before = Connections.of(world, old.values(), ends);
        Connections after = Connections.of(world, settled.values(), ends);
        Plan plan = planner.plan(world, concerned.values(), desired, ImmutableSet.of());
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
                wrong.add(place + " write " + i + " of " + plan.writes().size() + " "
                        + plan.writes().get(i).key() + ": " + problem.get());
            }
            writes++;
        }
        caveats += plan.caveats().size() - forPodsToCome;
        caveatsForPodsToCome += forPodsToCome;
        if (!live.equals(settled)) {
            wrong.add(place + " does not arrive");
        }
        transitions++;
        return settled;
    }
}
