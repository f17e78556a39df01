package dev.bulkhead.app.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.faults.Match;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Random changes, one at a time, under random faults: every state on the way is judged, and once the faults are over
 * everything is as declared. {@code -Dbulkhead.faults.seed=} replays the choices of a run, and {@code
 * -Dbulkhead.faults.seconds=} lets it last longer.
 */
@OnControlPlane(value = ControlPlaneKind.REAL, workloads = false)
class RandomFaultsTest {

    private static final long SEED = Long.getLong("bulkhead.faults.seed", 1);
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("bulkhead.faults.seconds", 20));
    /** Longer than it takes until policies are compared with a fresh list, whatever watches have lost. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final List<String> NAMESPACES = List.of("random-shop", "random-pay");
    private static final List<List<String>> REACHED =
            List.of(List.of(), List.of("api"), List.of("db"), List.of("api", "db"));
    private static final Match POLICY_WRITES = Match.writes().of("networkpolicies");

    private final FaultyTown town;
    private final Random random = new Random(SEED);
    private final List<String> history = new ArrayList<>();
    private int states;
    private int hits;

    RandomFaultsTest(ControlPlane controlPlane) {
        town = new FaultyTown(controlPlane);
    }

    @Test
    void whateverChangesUnderWhateverFaultsNoStateIsAGapOrAHole(ControlPlane controlPlane) {
        System.out.println("random faults: -Dbulkhead.faults.seed=" + SEED);
        FaultyTown.prepare(controlPlane);
        try (town) {
            NAMESPACES.forEach(town::namespace);
            town.startOperator();
            NAMESPACES.forEach(namespace -> town.enrol(namespace, namespace));
            town.awaitConverged(PATIENCE);
            long begin = System.nanoTime();
            do {
                step();
            } while (System.nanoTime() - begin < LENGTH.toNanos());
            awaitQuiet();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + SEED + ", step by step:\n" + String.join("\n", history), e);
        }
        System.out.println("random faults: " + history.size() + " changes, " + hits + " times a fault met something, "
                + states + " states judged");
        assertTrue(hits > history.size() / 2, "faults met next to nothing: " + hits);
    }

    private void step() {
        if (random.nextInt(10) == 0) {
            String namespace = oneOf(NAMESPACES);
            history.add("somebody deletes the policies of " + namespace);
            town.policies(namespace).keySet().forEach(policy -> town.deletePolicy(namespace, policy));
            town.awaitConverged(PATIENCE);
        }
        states += town.judged(this::changeUnderFaults, () -> town.awaitConverged(PATIENCE));
    }

    private void changeUnderFaults() {
        boolean restarted = random.nextInt(8) == 0;
        RandomFaults faults = new RandomFaults(town.proxy(), random);
        try (faults) {
            String change = change();
            history.add(change + (restarted ? ", and a restart" : "") + ", under " + faults);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(800));
            if (restarted) {
                town.stopOperator();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        hits += faults.hits();
        if (restarted) {
            town.startOperator();
        }
    }

    private String change() {
        String here = oneOf(NAMESPACES);
        String there = NAMESPACES.get(1 - NAMESPACES.indexOf(here));
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                List<String> apps = oneOf(REACHED);
                if (apps.isEmpty()) {
                    town.deleteIntent(here, "web");
                    return here + "/web reaches nobody";
                }
                town.webReaches(here, apps.toArray(String[]::new));
                return here + "/web reaches " + apps;
            }
            case 2 -> {
                List<String> apps = List.of(oneOf(List.of("api", "db")));
                town.intent(here, "out", Map.of("app", "web"), "outbound", "to", there, apps);
                return here + " asks " + there + " for " + apps;
            }
            case 3 -> {
                List<String> apps = List.of("web");
                town.intent(here, "in", Map.of("app", oneOf(List.of("api", "db"))), "inbound", "from", there, apps);
                return here + " admits " + there;
            }
            case 4 -> {
                String intent = oneOf(List.of("in", "out"));
                town.deleteIntent(here, intent);
                return here + "/" + intent + " is deleted";
            }
            default -> {
                boolean ingress = random.nextBoolean();
                boolean egress = !ingress || random.nextBoolean();
                town.segment(here, ingress, egress, List.of(here));
                return here + " enforces " + (ingress ? "ingress " : "") + (egress ? "egress" : "");
            }
        }
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Nothing has changed, so nothing is left to write. */
    private void awaitQuiet() {
        long[] last = {writes(), System.nanoTime()};
        town.await("no policy is written any longer", () -> {
            long now = writes();
            if (now != last[0]) {
                last[0] = now;
                last[1] = System.nanoTime();
            }
            return System.nanoTime() - last[1] > QUIET.toNanos();
        });
    }

    private long writes() {
        return town.proxy().calls(POLICY_WRITES).count();
    }
}
