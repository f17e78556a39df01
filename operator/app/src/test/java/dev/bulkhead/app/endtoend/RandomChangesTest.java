package dev.bulkhead.app.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.InstalledIdentityPolicies;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever happens, in whatever order: the cluster comes to hold what a fresh render of what is declared says. */
@OnControlPlane(ControlPlaneKind.REAL)
class RandomChangesTest {

    private static final int SEQUENCES = Integer.getInteger("bulkhead.sequences", 200);
    private static final long FIRST_SEED = Long.getLong("bulkhead.seed", 1);
    private static final int CHANGES = 3;
    private static final int RESTART_EACH = 20;

    @Test
    void afterAnyChangesThePoliciesAreWhatAFreshRenderMakes(ControlPlane controlPlane) {
        InstalledIdentityPolicies.install(controlPlane);
        try (Cluster cluster = new Cluster(controlPlane)) {
            cluster.installDefinitions();
            RandomChanges changes = new RandomChanges(cluster);
            changes.begin();
            Set<String> foreign = cluster.foreignPolicies();
            cluster.startOperator();
            Set<Integer> outcomes = new HashSet<>();
            List<String> history = new ArrayList<>();
            for (int sequence = 0; sequence < SEQUENCES; sequence++) {
                long seed = FIRST_SEED + sequence;
                history.addAll(follow(cluster, changes, seed));
                String situation = "sequences from seed " + FIRST_SEED + ", wrong after seed " + seed + ":\n"
                        + String.join("\n", history);
                outcomes.add(Observation.converged(cluster.client(), situation, Cluster.PATIENCE)
                        .managed()
                        .hashCode());
            }
            assertEquals(foreign, cluster.foreignPolicies());
            assertTrue(outcomes.size() > SEQUENCES / 2, "only " + outcomes.size() + " outcomes: this says too little");
        }
    }

    private static List<String> follow(Cluster cluster, RandomChanges changes, long seed) {
        boolean restarts = seed % RESTART_EACH == 0;
        if (restarts) {
            cluster.stopOperator();
        }
        Random random = new Random(seed);
        List<String> done = new ArrayList<>();
        for (int change = 0; change < CHANGES; change++) {
            done.add(seed + (restarts ? " (operator away) " : " ") + changes.change(random));
        }
        if (restarts) {
            cluster.startOperator();
        }
        return done;
    }
}
