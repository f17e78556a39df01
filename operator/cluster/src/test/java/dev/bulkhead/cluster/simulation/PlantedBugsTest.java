package dev.bulkhead.cluster.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulator finds defects: each of the planted ones, and none where none is planted. */
class PlantedBugsTest {

    @ParameterizedTest
    @EnumSource
    void aPlantedBugIsCaught(PlantedBug bug) {
        assertFalse(explored(bug).isEmpty(), () -> bug + " is not caught");
    }

    @Test
    void withoutABugNothingIsFound() {
        assertEquals(List.of(), explored(Bug.NONE));
    }

    private static List<String> explored(Bug bug) {
        Exploration exploration = new Exploration(bug, true);
        List<Scenario> scenarios = new ArrayList<>(Scenarios.named());
        scenarios.addAll(Scenarios.acrossNamespaces());
        // A little of everything first: most are found by then.
        exploration.orders(scenarios, 1);
        exploration.orders(Scenarios.restored(), 1);
        exploration.errors(Scenarios.smallWorlds(), 1, 9);
        exploration.overlapping(scenarios, 1);
        exploration.gaps(scenarios, 1);
        exploration.orders(scenarios, 8);
        exploration.overlapping(scenarios, 3);
        exploration.gaps(scenarios, 2);
        exploration.twoLeaders(scenarios, 4);
        exploration.errors(Scenarios.smallWorlds(), 1, 1);
        for (int seed = 0;
                seed < 10 * scenarios.size() && exploration.failures().isEmpty();
                seed++) {
            exploration.random(scenarios.get(seed % scenarios.size()), seed);
        }
        return exploration.failures();
    }
}
