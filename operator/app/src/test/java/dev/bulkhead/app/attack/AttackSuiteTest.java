package dev.bulkhead.app.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.app.endtoend.Observation;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;

/** Every attack of {@code attacks/*.yaml}, with real rights on a real API server. A new one needs no code. */
@OnControlPlane(
        value = ControlPlaneKind.REAL,
        tenants = {"attacker", "owner", "victim"})
@TestInstance(Lifecycle.PER_CLASS)
class AttackSuiteTest {

    private final Town town;
    private final Attempt attempt;
    private Order order;
    private Map<String, String> others;

    AttackSuiteTest(ControlPlane controlPlane) {
        town = new Town(controlPlane);
        attempt = new Attempt(town);
    }

    @BeforeAll
    void foundTheTown() {
        town.found();
        Observation before = town.converged("before the attacks");
        assertEquals(List.of(), Judgement.of(town.client(), before).wrong());
        order = new Order(town.client());
        others = Others.of(town.client(), before);
    }

    @AfterAll
    void leave() {
        town.close();
    }

    @TestFactory
    Stream<DynamicTest> attacks(TestReporter reporter) {
        return Attacks.all().stream()
                .map(attack -> DynamicTest.dynamicTest(
                        attack.goal().title() + ": " + attack.name(), () -> run(attack, reporter)));
    }

    private void run(Attack attack, TestReporter reporter) {
        if (attack.situations().isEmpty()) {
            once(attack, reporter);
            return;
        }
        Map<String, String> seen = new TreeMap<>();
        attack.situations().forEach((situation, steps) -> seen.put(situation, seen(attack, situation, steps)));
        // One text for all, or the attacker could tell them apart.
        assertEquals(1, new TreeSet<>(seen.values()).size(), seen::toString);
    }

    private void once(Attack attack, TestReporter reporter) {
        Duration alone = attack.meanwhile().isEmpty() ? Duration.ZERO : served(attack);
        try {
            attempt.take(attack.steps());
            if (!attack.meanwhile().isEmpty()) {
                reporter.publishEntry(
                        attack.name(),
                        "served after " + served(attack).toMillis() + " ms, alone after " + alone.toMillis() + " ms");
            }
            judge(attack, town.converged(attack.name()), true);
        } finally {
            restore(attack);
        }
    }

    /** How long the victim waits until what it does is in force. */
    private Duration served(Attack attack) {
        Instant start = Instant.now();
        attempt.take(attack.meanwhile());
        town.awaitServed("pay");
        Duration duration = Duration.between(start, Instant.now());
        order.restore(List.of("pay"));
        return duration;
    }

    private String seen(Attack attack, String situation, List<Step> steps) {
        try {
            attempt.take(steps);
            town.converged(situation);
            attempt.take(attack.steps());
            Observation after = town.converged(attack.name());
            judge(attack, after, false);
            return Others.seenFrom("shop", town.client(), after);
        } finally {
            restore(attack);
        }
    }

    private void judge(Attack attack, Observation after, boolean alone) {
        Judgement judgement = Judgement.of(town.client(), after);
        if (attack.limit().isPresent()) {
            assertFalse(judgement.wrong().isEmpty(), "it does not succeed any more: take the limit away");
            return;
        }
        assertEquals(List.of(), judgement.wrong());
        attack.closed().forEach(connection -> assertFalse(judgement.isOpen(connection), connection));
        Map<String, String> now = Others.of(town.client(), after);
        if (!alone) {
            // Others did something of their own: what was there before is still to be as it was.
            now.keySet().retainAll(others.keySet());
        }
        assertEquals(others, now);
    }

    private void restore(Attack attack) {
        attempt.take(attack.after());
        TreeSet<String> namespaces = new TreeSet<>();
        Stream.of(List.of(attack.steps()), List.copyOf(attack.situations().values()), List.of(attack.meanwhile()))
                .flatMap(List::stream)
                .flatMap(List::stream)
                .map(Step::namespace)
                .forEach(namespaces::add);
        order.restore(namespaces);
        Observation restored = town.converged("after " + attack.name());
        assertEquals(List.of(), Judgement.of(town.client(), restored).wrong(), "not all is as it was before");
        assertEquals(others, Others.of(town.client(), restored), "not all is as it was before");
    }

    @org.junit.jupiter.api.Test
    void thereAreAtLeastSixtyAttacksAndEachHasItsOwnName() {
        List<String> names = new ArrayList<>();
        Attacks.all().forEach(attack -> names.add(attack.name()));
        assertTrue(names.size() >= 60, () -> names.size() + " attacks");
        assertEquals(names.size(), new TreeSet<>(names).size());
    }
}
