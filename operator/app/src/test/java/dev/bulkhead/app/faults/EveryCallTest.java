package dev.bulkhead.app.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.faults.Call;
import dev.bulkhead.testkit.faults.Fault;
import dev.bulkhead.testkit.faults.Injection;
import dev.bulkhead.testkit.faults.Match;
import dev.bulkhead.testkit.faults.Times;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Each call that the operator makes while a namespace is enrolled, gets more, gets less and is released fails once in each
 * way. It ends in the same policies, byte for byte, and no state on the way is a gap or a hole.
 *
 * <p>By default a sample from a seed; {@code -Dbulkhead.faults.sweep=0} for all.
 */
@OnControlPlane(value = ControlPlaneKind.REAL, workloads = false)
class EveryCallTest {

    private static final int SAMPLE = Integer.getInteger("bulkhead.faults.sweep", 8);
    private static final long SEED = Long.getLong("bulkhead.seed", 1);
    private static final String SHOP = "sweep";
    private static final Match CALLS = Match.verbs("get", "list", "create", "update", "patch", "delete");
    private static final Map<String, Fault> FAULTS = new TreeMap<>(Map.of(
            "409", Fault.answer(409),
            "429", Fault.tooManyRequests(Duration.ofSeconds(1)),
            "500", Fault.answer(500),
            "503", Fault.answer(503),
            "dropped", Fault.dropped(),
            "lost answer", Fault.lostAnswer()));

    /** What is done, and what web reaches then; nothing is enforced after the last. */
    private record Step(Runnable change, List<String> reached) {}

    private record Case(int call, String fault) {}

    @RegisterExtension
    final QuietLibraries libraries = new QuietLibraries();

    private final FaultyTown town;
    private int states;

    EveryCallTest(ControlPlane controlPlane) {
        town = new FaultyTown(controlPlane);
    }

    @Test
    void everyCallMayFailInEveryWay(ControlPlane controlPlane) throws InterruptedException {
        FaultyTown.prepare(controlPlane);
        try (town) {
            town.namespace(SHOP);
            town.startOperator();
            List<Map<String, String>> expected = new ArrayList<>();
            int before = town.proxy().calls().size();
            for (Step step : steps()) {
                step.change().run();
                expected.add(settled(step));
            }
            List<Call> calls = town.proxy()
                    .calls(CALLS)
                    .filter(call -> call.number() >= before)
                    .toList();
            List<Case> cases = new ArrayList<>();
            for (int call = 1; call <= calls.size(); call++) {
                for (String fault : FAULTS.keySet()) {
                    cases.add(new Case(call, fault));
                }
            }
            Collections.shuffle(cases, new Random(SEED));
            List<Case> sample = SAMPLE == 0 ? cases : cases.subList(0, Math.min(SAMPLE, cases.size()));
            int hits = 0;
            for (Case one : sample) {
                hits += run(one, calls.get(one.call() - 1), expected);
            }
            System.out.println(sample.size() + " of " + cases.size() + " injections (" + calls.size() + " calls), "
                    + hits + " met a call, " + states + " states judged");
            assertTrue(hits * 2 > sample.size(), "only " + hits + " of " + sample.size() + " injections met a call");
        }
    }

    private List<Step> steps() {
        return List.of(
                new Step(
                        () -> {
                            town.webReaches(SHOP, "api");
                            town.enrol(SHOP, SHOP);
                        },
                        List.of("api")),
                new Step(() -> town.webReaches(SHOP, "api", "db"), List.of("api", "db")),
                new Step(() -> town.webReaches(SHOP, "db"), List.of("db")),
                new Step(() -> town.release(SHOP), List.of("api", "db")));
    }

    /** What the policies are when nothing has been written for a while. */
    private Map<String, String> settled(Step step) throws InterruptedException {
        town.awaitWebReaches(SHOP, step.reached().toArray(String[]::new));
        Map<String, String> policies = town.policies(SHOP);
        int quiet = 0;
        while (quiet < 10) {
            TimeUnit.MILLISECONDS.sleep(100);
            Map<String, String> now = town.policies(SHOP);
            quiet = now.equals(policies) ? quiet + 1 : 0;
            policies = now;
        }
        return policies;
    }

    private int run(Case one, Call call, List<Map<String, String>> expected) {
        String situation = one + ", a call like " + call.request();
        try (Injection injection = town.proxy().inject(CALLS, Times.nth(one.call()), FAULTS.get(one.fault()))) {
            List<Step> steps = steps();
            for (int step = 0; step < steps.size(); step++) {
                Map<String, String> wanted = expected.get(step);
                states += town.judged(
                        steps.get(step).change(),
                        () -> town.await(situation, () -> town.policies(SHOP).equals(wanted)));
            }
            return injection.hits();
        }
    }
}
