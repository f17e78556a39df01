package dev.bulkhead.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a selector tells at a glance. */
class DemandedLabelsTest {

    private static final int SEEDS = Integer.getInteger("bulkhead.seeds", 2_000);

    private static final LabelSelector EVERYTHING = LabelSelector.everything();
    private static final Requirement A_AND_NOT_A = Requirement.in(List.of());

    private static LabelSelector k(Requirement requirement) {
        return EVERYTHING.and("k", requirement);
    }

    @Test
    void whatMustHaveOneValueIsDemandedTheFirstByKey() {
        assertEquals(
                Optional.of(new LabelSelector.Label("b", "1")),
                LabelSelector.labels(Map.of("c", "2", "b", "1"))
                        .and("a", Requirement.exists())
                        .demanded());
        assertEquals(
                Optional.of("2"),
                LabelSelector.labels(Map.of("c", "2", "b", "1")).demanded("c"));
    }

    @Test
    void whatMayHaveAnotherValueOrNoneIsNotDemanded() {
        for (Requirement requirement : List.of(
                Requirement.in(List.of("a", "b")),
                Requirement.notIn(List.of("a")),
                new Requirement(true, false, Requirement.in(List.of("a")).values()),
                Requirement.exists(),
                Requirement.doesNotExist(),
                A_AND_NOT_A)) {
            assertEquals(Optional.empty(), k(requirement).demanded(), requirement.toString());
            assertEquals(Optional.empty(), k(requirement).demanded("k"), requirement.toString());
        }
        assertEquals(Optional.empty(), EVERYTHING.demanded("k"));
    }

    @Test
    void theImpossibleDemandsNothingOfAnyKey() {
        assertEquals(
                Optional.empty(),
                LabelSelector.label("app", "api").and("k", A_AND_NOT_A).demanded("app"));
    }

    @Test
    void twoThatDemandDifferentValuesOfOneKeyEvidentlyExcludeEachOther() {
        LabelSelector a = LabelSelector.labels(Map.of("app", "api", "k", "a"));
        LabelSelector b = LabelSelector.labels(Map.of("k", "b", "zone", "eu"));

        assertTrue(a.evidentlyExcludes(b));
        assertTrue(b.evidentlyExcludes(a));
    }

    @Test
    void whatDoesNotDemandDifferentValuesDoesNotEvidentlyExclude() {
        LabelSelector a = LabelSelector.label("k", "a");

        assertFalse(a.evidentlyExcludes(a));
        assertFalse(a.evidentlyExcludes(LabelSelector.label("other", "b")));
        assertFalse(a.evidentlyExcludes(k(Requirement.in(List.of("a", "b")))));
        assertFalse(k(Requirement.in(List.of("a", "b"))).evidentlyExcludes(a));
        assertFalse(a.evidentlyExcludes(EVERYTHING));
    }

    @Test
    void whateverIsToldAtAGlanceIsTrueOfAllLabels() {
        List<Map<String, String>> labels = RandomSelectors.labels();
        int excluding = 0;
        int demanding = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            RandomSelectors random = new RandomSelectors(seed);
            LabelSelector one = random.selector();
            LabelSelector other = random.selector();
            String what = "seed " + seed + ": " + one + " and " + other;
            boolean excluded = one.evidentlyExcludes(other);
            excluding += excluded ? 1 : 0;
            demanding += one.demanded().isPresent() ? 1 : 0;
            for (Map<String, String> some : labels) {
                assertFalse(excluded && one.matches(some) && other.matches(some), what + " on " + some);
                if (one.matches(some)) {
                    one.demanded()
                            .ifPresent(
                                    label -> assertEquals(label.value(), some.get(label.key()), what + " on " + some));
                    some.keySet()
                            .forEach(key -> one.demanded(key)
                                    .ifPresent(value -> assertEquals(value, some.get(key), what + " on " + some)));
                }
            }
            assertEquals(excluded, other.evidentlyExcludes(one), what);
        }
        assertTrue(
                excluding > SEEDS / 50 && demanding > SEEDS / 4, excluding + " excluding, " + demanding + " demanding");
    }
}
