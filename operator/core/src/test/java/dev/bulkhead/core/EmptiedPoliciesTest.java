package dev.bulkhead.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.core.plan.EmptiedPolicy;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever else is there, a policy that may be emptied allows as much without its rules as if it were gone. */
class EmptiedPoliciesTest {

    private static final int WORLDS = 150;

    private int emptied;
    private int kept;
    private final List<String> wrong = new ArrayList<>();

    @Test
    void anEmptiedPolicyIsAsGoodAsGone() {
        for (long seed = 0; seed < WORLDS; seed++) {
            Sample sample = new RandomWorlds(seed).sample();
            Map<NetworkPolicy.Key, NetworkPolicy> live = new RandomPolicies(seed).withOthers(sample.policies());
            for (NetworkPolicy policy : live.values()) {
                check(sample, live, policy);
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(emptied > WORLDS && kept > WORLDS / 2, emptied + " may be emptied, " + kept + " may not");
    }

    private void check(Sample sample, Map<NetworkPolicy.Key, NetworkPolicy> live, NetworkPolicy policy) {
        Optional<NetworkPolicy> without = EmptiedPolicy.of(policy, live.values());
        if (without.isEmpty()) {
            kept++;
            return;
        }
        emptied++;
        List<Endpoint> ends = new ArrayList<>(sample.pods());
        ends.addAll(Sample.outside());
        Map<NetworkPolicy.Key, NetworkPolicy> state = new TreeMap<>(live);
        state.put(policy.key(), without.get());
        Connections withoutRules = Connections.of(sample.world(), state.values(), ends);
        state.remove(policy.key());
        Connections gone = Connections.of(sample.world(), state.values(), ends);
        withoutRules.wrongBetween(gone, gone).ifPresent(what -> wrong.add(policy.key() + ": " + what));
    }
}
