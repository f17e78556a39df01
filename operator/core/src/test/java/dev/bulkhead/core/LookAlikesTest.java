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
 * Whatever somebody puts beside our policies with our marks on it, or in the place of a baseline without them: a plan is
 * made, it ends where it should, and every prefix of it is safe unless the plan says what could not be kept.
 */
class LookAlikesTest {

    private static final int TRANSITIONS = Integer.getInteger("bulkhead.transitions", 1_000);

    private final List<String> wrong = new ArrayList<>();
    private int writes;
    private int caveats;

    @Test
    void everyPlanArrivesAndIsSafeAllTheWay() {
        for (long seed = 0; seed < TRANSITIONS; seed++) {
            RandomWorlds random = new RandomWorlds(seed);
            Sample before = random.sample();
            Sample after = random.change(before);
            follow(seed, after, new RandomPolicies(seed).withLookAlikes(before.policies()));
        }
        assertEquals("", String.join("\n", wrong), wrong.size() + " wrong");
        assertTrue(writes > 2 * TRANSITIONS, "only " + writes + " writes: the samples say too little");
        assertTrue(caveats < TRANSITIONS / 10, caveats + " plans have caveats");
    }

    @Test
    void whatHasTheNameOfABaselineBecomesItWhereverOneIsDue() {
        for (long seed = 0; seed < TRANSITIONS / 2; seed++) {
            RandomWorlds random = new RandomWorlds(seed);
            Sample before = random.sample();
            Sample after = random.change(before);
            Map<NetworkPolicy.Key, NetworkPolicy> live = seed % 2 == 0 ? before.policies() : Map.of();
            follow(seed, after, new RandomPolicies(seed).withAnotherAsBaseline(live));
        }
        assertEquals("", String.join("\n", wrong), wrong.size() + " wrong");
        assertTrue(writes > TRANSITIONS, "only " + writes + " writes: the samples say too little");
        assertTrue(caveats < TRANSITIONS / 20, caveats + " plans have caveats");
    }

    private void follow(long seed, Sample target, Map<NetworkPolicy.Key, NetworkPolicy> old) {
        World world = target.world();
        ImmutableSortedMap<NetworkPolicy.Key, NetworkPolicy> desired = target.policies();
        List<Endpoint> ends = new ArrayList<>(target.pods());
        ends.addAll(Sample.outside());
        Connections before = Connections.of(world, old.values(), ends);
        Map<NetworkPolicy.Key, NetworkPolicy> settled = new TreeMap<>(old);
        settled.values().removeIf(policy -> Marker.isManaged(policy.labels()));
        settled.putAll(desired);
        Connections after = Connections.of(world, settled.values(), ends);
        Plan plan = new Planner().plan(world, old.values(), desired, ImmutableSet.of());
        caveats += plan.caveats().size();
        Map<NetworkPolicy.Key, NetworkPolicy> live = new TreeMap<>(old);
        for (Write write : plan.writes()) {
            Written.apply(write, live);
            Connections now = Connections.of(world, live.values(), ends);
            Optional<String> problem = plan.caveats().isEmpty()
                    ? now.wrongBetween(before, after)
                    : plan.caveats().stream()
                            .filter(caveat -> !caveat.contains("may be open"))
                            .findFirst()
                            .flatMap(gap -> now.holeBetween(before, after));
            problem.ifPresent(what -> wrong.add("seed " + seed + " write " + write.key() + ": " + what));
            writes++;
        }
        if (!live.equals(settled)) {
            wrong.add("seed " + seed + " does not arrive");
        }
    }
}
