package dev.bulkhead.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import dev.bulkhead.core.plan.Plan;
import dev.bulkhead.core.plan.Planner;
import dev.bulkhead.core.plan.Write;
import dev.bulkhead.core.policy.Marker;
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
 * When nothing may grow: whatever the live and the desired policies both allow stays allowed after every write, nothing
 * new is allowed, and in the end nothing is left of what only the live ones allow. Then there is nothing more to do soon, and
 * from there the way to the desired policies is as safe as any.
 */
class WithdrawalsTest {

    private static final int TRANSITIONS = Integer.getInteger("bulkhead.transitions", 1_000);

    /** Until nothing more is to do. */
    private static final int ROUNDS = 4;

    private final List<String> wrong = new ArrayList<>();
    private int writes;
    private int caveats;

    /**
     * Rarely one policy cannot say what is left: when a name gives way to a number that is its meaning for some of the pods
     * only.
     */
    @Test
    void amongPoliciesOfOursNothingIsLostAndNothingGrows() {
        for (long seed = 0; seed < TRANSITIONS; seed++) {
            RandomWorlds random = new RandomWorlds(seed);
            Sample before = random.sample();
            Sample after =
                    seed % 4 == 0 ? new Sample(before.world(), random.sample().declarations()) : random.change(before);
            follow(seed, new Planner(), after, before.policies());
        }
        assertEquals("", String.join("\n", wrong), wrong.size() + " wrong");
        assertTrue(caveats < TRANSITIONS / 100, caveats + " plans have caveats");
        assertTrue(writes > TRANSITIONS, "only " + writes + " writes: the samples say too little");
    }

    @Test
    void norAmongPoliciesByOthersAndLookAlikesUnlessThePlanSaysSo() {
        for (long seed = 0; seed < TRANSITIONS; seed++) {
            RandomWorlds random = new RandomWorlds(seed);
            RandomPolicies policies = new RandomPolicies(seed);
            Sample before = random.sample();
            Map<NetworkPolicy.Key, NetworkPolicy> live = policies.withOthers(before.policies());
            follow(seed, new Planner(), random.change(before), seed % 2 == 0 ? policies.withLookAlikes(live) : live);
        }
        assertEquals("", String.join("\n", wrong), wrong.size() + " wrong");
        assertTrue(caveats < TRANSITIONS / 10, caveats + " plans have caveats");
    }

    @Test
    void withoutProofNothingGrowsEither() {
        for (long seed = 0; seed < TRANSITIONS; seed++) {
            RandomWorlds random = new RandomWorlds(seed);
            RandomPolicies policies = new RandomPolicies(seed);
            Sample before = random.sample();
            follow(seed, new Planner(0), random.change(before), policies.withOthers(before.policies()));
        }
        assertEquals("", String.join("\n", wrong), wrong.size() + " wrong");
    }

    private void follow(long seed, Planner planner, Sample target, Map<NetworkPolicy.Key, NetworkPolicy> old) {
        World world = target.world();
        ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired = target.policies();
        Map<NetworkPolicy.Key, NetworkPolicy> settled = new TreeMap<>(old);
        settled.values().removeIf(policy -> Marker.isManaged(policy.labels()));
        settled.putAll(desired);
        List<Endpoint> ends = new ArrayList<>(target.pods());
        ends.addAll(Sample.outside());
        Connections before = Connections.of(world, old.values(), ends);
        Connections both = before.and(Connections.of(world, settled.values(), ends));
        Map<NetworkPolicy.Key, NetworkPolicy> live = new TreeMap<>(old);

        Plan plan = planner.withdrawals(world, live.values(), desired, ImmutableSet.of());
        caveats += plan.caveats().size();
        walk("seed " + seed, plan, world, live, before, both, ends);
        Optional<String> left = Connections.of(world, live.values(), ends).holeBetween(both, both);
        if (plan.caveats().stream().anyMatch(caveat -> caveat.contains("may be open"))) {
            return;
        }
        left.ifPresent(what -> wrong.add("seed " + seed + " is left: " + what));
        assertEquals(plan.writes().size(), plan.withdrawals());

        int rounds = 0;
        for (Plan again = plan; !again.isEmpty() && rounds < ROUNDS; rounds++) {
            again = planner.withdrawals(world, live.values(), desired, ImmutableSet.of());
            walk("seed " + seed + " again", again, world, live, both, both, ends);
        }
        if (rounds == ROUNDS) {
            wrong.add("seed " + seed + " comes to no rest");
        }
        Plan rest = planner.plan(world, live.values(), desired, ImmutableSet.of());
        if (plan.caveats().isEmpty()) {
            walk(
                    "seed " + seed + " afterwards",
                    rest,
                    world,
                    live,
                    Connections.of(world, live.values(), ends),
                    Connections.of(world, settled.values(), ends),
                    ends);
        }
    }

    private void walk(
            String place,
            Plan plan,
            World world,
            Map<NetworkPolicy.Key, NetworkPolicy> live,
            Connections before,
            Connections after,
            List<Endpoint> ends) {
        for (Write write : plan.writes()) {
            Written.apply(write, live);
            writes++;
            Connections now = Connections.of(world, live.values(), ends);
            Optional<String> problem = plan.caveats().isEmpty()
                    ? now.wrongBetween(before, after)
                    : plan.caveats().stream()
                            .filter(caveat -> !caveat.contains("may be open"))
                            .findFirst()
                            .flatMap(gap -> now.holeBetween(before, after));
            problem.ifPresent(what -> wrong.add(place + " write " + write.key() + ": " + what));
        }
    }
}
