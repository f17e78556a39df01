package dev.bulkhead.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Selectors against what they say about every label there could be: {@code z} stands for all values that none names. */
class LabelSelectorTest {

    private static final Set<String> NAMED = Set.of("a", "b", "c");
    private static final List<String> VALUES = List.of("a", "b", "c", "z");

    private static List<Requirement> requirements() {
        List<Requirement> all = new ArrayList<>();
        for (Set<String> values : Sets.powerSet(NAMED)) {
            for (boolean absent : new boolean[] {true, false}) {
                for (boolean complement : new boolean[] {true, false}) {
                    all.add(new Requirement(absent, complement, ImmutableSortedSet.copyOf(values)));
                }
            }
        }
        return all;
    }

    private static List<Map<String, String>> labels() {
        List<Map<String, String>> all = new ArrayList<>();
        all.add(Map.of());
        VALUES.forEach(value -> all.add(Map.of("k", value)));
        return all;
    }

    private static LabelSelector selector(Requirement requirement) {
        return LabelSelector.everything().and("k", requirement);
    }

    @Test
    void aConjunctionMatchesWhatBothMatch() {
        for (Requirement one : requirements()) {
            for (Requirement other : requirements()) {
                LabelSelector both = selector(one).and(selector(other));
                for (Map<String, String> label : labels()) {
                    assertEquals(
                            selector(one).matches(label) && selector(other).matches(label),
                            both.matches(label),
                            one + " and " + other + " on " + label);
                }
            }
        }
    }

    @Test
    void oneImpliesAnotherWhenItMatchesNothingElse() {
        for (Requirement one : requirements()) {
            for (Requirement other : requirements()) {
                boolean implied = labels().stream()
                        .allMatch(label ->
                                !selector(one).matches(label) || selector(other).matches(label));
                assertEquals(implied, selector(one).implies(selector(other)), one + " implies " + other);
            }
        }
    }

    @Test
    void aNegationMatchesWhatItsOriginalDoesNot() {
        for (Requirement requirement : requirements()) {
            for (Map<String, String> label : labels()) {
                assertNotEquals(
                        selector(requirement).matches(label),
                        selector(requirement.negated()).matches(label),
                        requirement + " on " + label);
            }
        }
    }

    @Test
    void theImpossibleMatchesNothingAndEverythingMatchesAll() {
        for (Requirement requirement : requirements()) {
            LabelSelector selector = selector(requirement);
            assertEquals(
                    labels().stream().noneMatch(selector::matches), selector.isImpossible(), requirement.toString());
            assertEquals(
                    labels().stream().allMatch(selector::matches), selector.isEverything(), requirement.toString());
        }
    }

    @Test
    void itMatchesItsExampleAndOnlyTheImpossibleHasNone() {
        for (Requirement one : requirements()) {
            for (Requirement other : requirements()) {
                LabelSelector both = selector(one).and(selector(other));
                assertEquals(both.isImpossible(), both.example().isEmpty(), both.toString());
                both.example().ifPresent(labels -> assertTrue(both.matches(labels), both + " on " + labels));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # absent | complement | values | as kubectl takes it     | the four operators can say it
            false    | false      | a      | k=a                     | true
            false    | false      | a b    | k in (a,b)              | true
            true     | true       | a      | k notin (a)             | true
            false    | true       | a b    | k,k notin (a,b)         | true
            false    | true       | -      | k                       | true
            true     | false      | -      | !k                      | true
            true     | false      | a      | k in (a)                | false
            """)
    void eachIsWrittenAsKubectlTakesIt(
            boolean absent, boolean complement, String values, String text, boolean expressible) {
        Requirement requirement = new Requirement(
                absent,
                complement,
                values == null ? ImmutableSortedSet.of() : ImmutableSortedSet.copyOf(values.split(" ")));

        assertEquals(text, selector(requirement).toString());
        assertEquals(expressible, requirement.isExpressible());
    }
}
