package dev.bulkhead.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bulkhead.core.world.Direction;
import dev.bulkhead.core.world.Identity;
import dev.bulkhead.core.world.LabelSelector;
import dev.bulkhead.core.world.Requirement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolicyNamesTest {

    private static GrantsBySubject.Subject egress(LabelSelector selector) {
        return new GrantsBySubject.Subject(Direction.EGRESS, selector);
    }

    /** The part that people read. */
    private static String readable(LabelSelector selector) {
        String name = PolicyNames.usual(egress(selector));
        assertTrue(name.matches("bulkhead-egress-.*-[0-9a-f]{6}"), name);
        return name.substring("bulkhead-egress-".length(), name.length() - "-123456".length());
    }

    @Test
    void aServiceAccountIsTheNameWhateverElseIsAskedFor() {
        assertEquals("checkout", readable(Identity.selector("checkout")));
        assertEquals(
                "checkout", readable(Identity.selector("checkout").and("app", Requirement.in(List.of("another")))));
    }

    @Test
    void whatIsNoOneServiceAccountIsNamedByAllTheValuesItAsksFor() {
        assertEquals(
                "web",
                readable(
                        LabelSelector.label("app", "web").and(Identity.LABEL, Requirement.notIn(List.of("checkout")))));
        assertEquals(
                "web-checkout-payments",
                readable(LabelSelector.label("app", "web")
                        .and(Identity.LABEL, Requirement.in(List.of("payments", "checkout")))));
        assertEquals("web-front", readable(LabelSelector.labels(Map.of("app", "web", "tier", "front"))));
    }

    @Test
    void whatAsksForNoValueIsCalledPodsAndEverythingAll() {
        assertEquals("all", readable(LabelSelector.everything()));
        assertEquals("pods", readable(LabelSelector.everything().and("app", Requirement.exists())));
        assertEquals("pods", readable(LabelSelector.label("app", "")));
    }

    @Test
    void f64_onlyWhatANameMayHoldIsLeftAndNoMoreThanFortyCharacters() {
        assertEquals("a-b-c", readable(LabelSelector.label("app", "A.b__C")));
        assertEquals("a".repeat(40), readable(LabelSelector.label("app", "a".repeat(63))));
        assertEquals("a".repeat(39), readable(LabelSelector.label("app", "a".repeat(39) + "-b")));
    }

    @Test
    void theDirectionIsPartOfTheNameAndOfItsHash() {
        String egress = PolicyNames.usual(egress(LabelSelector.everything()));
        String ingress = PolicyNames.usual(new GrantsBySubject.Subject(Direction.INGRESS, LabelSelector.everything()));

        assertTrue(ingress.startsWith("bulkhead-ingress-all-"), ingress);
        assertNotEquals(egress.substring("bulkhead-egress-".length()), ingress.substring("bulkhead-ingress-".length()));
    }

    @Test
    void f64_onlySubjectsWhoseShortNamesCollideGetLongOnes() {
        List<GrantsBySubject.Subject> subjects = IntStream.range(0, 20_000)
                .mapToObj(i -> egress(LabelSelector.everything().and("k" + i, Requirement.exists())))
                .toList();
        Map<String, List<GrantsBySubject.Subject>> byShortName =
                subjects.stream().collect(Collectors.groupingBy(PolicyNames::usual));
        int colliding = 0;

        Map<GrantsBySubject.Subject, String> names = PolicyNames.of(subjects);

        for (GrantsBySubject.Subject subject : subjects) {
            String usual = PolicyNames.usual(subject);
            if (byShortName.get(usual).size() == 1) {
                assertEquals(usual, names.get(subject));
            } else {
                assertTrue(names.get(subject).matches("bulkhead-egress-pods-[0-9a-f]{40}"), names.get(subject));
                assertTrue(names.get(subject).startsWith(usual), names.get(subject));
                colliding++;
            }
        }
        assertTrue(colliding > 1, colliding + " collide");
        assertEquals(subjects.size(), new HashSet<>(names.values()).size());
    }
}
