package dev.bulkhead.app.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.Maps;
import com.google.common.collect.Streams;
import dev.bulkhead.app.endtoend.Observation;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Evaluator;
import dev.bulkhead.core.reach.PluginSemantics;
import dev.bulkhead.testkit.Await;
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
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Every attack of {@code attacks/*.yaml}, with real rights on a real API server. A new one needs no code. */
@OnControlPlane(
        value = ControlPlaneKind.REAL,
        tenants = {"attacker", "owner", "founder", "victim", "neighbour"})
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

    /** {@code true} to try those, too, that the reservation of managed policies makes no difference to. */
    private static final boolean ALL_TWICE = Boolean.getBoolean("bulkhead.attacks.twice");

    /**
     * Every attack against the chart as it comes. Then, against one that does not reserve managed policies, those of which
     * the API server refuses something only because of that.
     */
    @TestFactory
    Stream<DynamicTest> attacks() {
        Stream<DynamicTest> reserved = Attacks.all().stream()
                .map(attack ->
                        DynamicTest.dynamicTest(attack.goal().title() + ": " + attack.name(), () -> run(attack)));
        Stream<DynamicTest> unreserved = Attacks.all().stream()
                .filter(attack -> ALL_TWICE || attack.dependsOnReservation())
                .map(Attack::withoutReservation)
                .map(attack ->
                        DynamicTest.dynamicTest("Without reserved policies: " + attack.name(), () -> run(attack)));
        return Streams.concat(
                reserved,
                Stream.of(DynamicTest.dynamicTest("Managed policies are not reserved any more", town::unreserve)),
                unreserved);
    }

    /** What the judge of all attacks is worth. */
    @Test
    void holesAndGapsWouldBeFound() {
        Observation before = town.converged("before the attacks");
        assertFalse(Judgement.of(town.client(), before).isOpen("shop/intruder -> pay/ledger 1"));
        Judgement holes = judged(before, policy -> false);
        assertTrue(holes.isOpen("shop/intruder -> pay/ledger 1"));
        assertTrue(holes.wrong().stream().anyMatch(wrong -> wrong.startsWith("shop/intruder-")));
        assertTrue(holes.wrong().stream().anyMatch(wrong -> wrong.contains("-> 169.254.169.254")));
        Judgement gap = judged(before, policy -> policy.key().name().equals("bulkhead-baseline"));
        assertEquals(1, gap.wrong().size());
        assertTrue(gap.wrong().get(0).endsWith(" is not open any more"));
    }

    private Judgement judged(Observation cluster, Predicate<NetworkPolicy> kept) {
        return new Judgement(
                Judgement.pods(town.client()),
                Evaluator.of(
                        cluster.world().namespaces(),
                        cluster.policies().values().stream().filter(kept).toList(),
                        PluginSemantics.upstream()));
    }

    private void run(Attack attack) {
        if (attack.situations().isEmpty()) {
            once(attack);
            return;
        }
        Map<String, String> seen = new TreeMap<>();
        attack.situations().forEach((situation, steps) -> seen.put(situation, seen(attack, situation, steps)));
        boolean alike = new TreeSet<>(seen.values()).size() == 1;
        assertEquals(attack.limit().isEmpty(), alike, seen::toString);
    }

    private void once(Attack attack) {
        Duration alone = attack.meanwhile().isEmpty() ? Duration.ZERO : served(attack);
        if (attack.rangesUnknown()) {
            town.forgetRanges();
        }
        try {
            attempt.take(attack.steps());
            if (attack.restart()) {
                town.restartOperator();
            }
            if (!attack.meanwhile().isEmpty()) {
                // For people; how long it may take no test can say.
                System.out.println(attack.name() + ": another team is served after "
                        + served(attack).toMillis() + " ms, alone after " + alone.toMillis() + " ms");
            }
            Observation after = town.converged(attack.name(), attack.unwritten());
            town.awaitTold(attack.told(), attack.unwritten());
            judge(attack, after);
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
            judge(attack, after);
            return Others.seenFrom(attack.viewer(), town.client(), after);
        } finally {
            restore(attack);
        }
    }

    private void judge(Attack attack, Observation after) {
        Judgement judgement = Judgement.of(town.client(), after);
        if (attack.limit().isPresent() && attack.situations().isEmpty()) {
            assertFalse(judgement.wrong().isEmpty(), "it does not succeed any more: take the limit away");
            return;
        }
        assertEquals(List.of(), judgement.wrong());
        attack.closed().forEach(connection -> assertFalse(judgement.isOpen(connection), connection));
        Map<String, String> now = Others.of(town.client(), after);
        if (attack.situations().isEmpty()) {
            assertEquals(Maps.filterKeys(others, attack::concernsOthers), Maps.filterKeys(now, attack::concernsOthers));
        } else {
            // Others did something of their own: the policies and intents that were there before are still as they
            // were.
            now.keySet().retainAll(others.keySet());
            assertEquals(Maps.filterKeys(others, Others::isOfTeams), Maps.filterKeys(now, Others::isOfTeams));
        }
    }

    private void restore(Attack attack) {
        attempt.take(attack.after());
        if (attack.rangesUnknown()) {
            town.tellRanges();
        }
        TreeSet<String> namespaces = new TreeSet<>();
        Stream.of(List.of(attack.steps()), List.copyOf(attack.situations().values()), List.of(attack.meanwhile()))
                .flatMap(List::stream)
                .flatMap(List::stream)
                .map(Step::namespace)
                .forEach(namespaces::add);
        order.restore(namespaces);
        Observation restored = town.converged("after " + attack.name());
        assertEquals(List.of(), Judgement.of(town.client(), restored).wrong(), "not all is as it was before");
        if (!Others.of(town.client(), restored).equals(others)) {
            // A namespace that an attack brought may take a moment to go.
            Await.until(
                    "all is as it was before",
                    Town.PATIENCE,
                    () -> Others.of(town.client(), Observation.of(town.client()))
                            .equals(others));
        }
    }

    @Test
    void thereAreAtLeastSixtyAttacksAndEachHasItsOwnName() {
        List<String> names = new ArrayList<>();
        Attacks.all().forEach(attack -> names.add(attack.name()));
        assertTrue(names.size() >= 60, () -> names.size() + " attacks");
        assertEquals(names.size(), new TreeSet<>(names).size());
    }
}
