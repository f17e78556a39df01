package dev.bulkhead.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.WellKnownPlaces;
import dev.bulkhead.core.world.Direction;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names a glob means. */
class SegmentAssignerTest {

    @ParameterizedTest
    @CsvSource({
        "shop, shop, true",
        "shop, shop-eu, false",
        "*, shop, true",
        "*, '', true",
        "shop*, shop, true",
        "*shop, my-shop, true",
        "*shop, shop-eu, false",
        "s*p, sp, true",
        "s**p, sp, true",
        "s*h*p, shop, true",
        "*h*, h, true",
        "*sh*op*, shop, true"
    })
    void aStarIsAnyCharactersOrNone(String pattern, String name, boolean meant) {
        assertEquals(meant, SegmentAssigner.matches(pattern, name), pattern + " " + name);
    }

    @ParameterizedTest
    @CsvSource({
        "aba*aba, aba",
        "aba*aba, ababa",
        "a*b*b, ab",
        "a*bb*b, abb",
        "a*a*b, ab",
        "*ab*ab*, ab",
        "*ab*ab*, aba",
        "*aba*aba*, ababa"
    })
    void noCharacterCountsTwice(String pattern, String name) {
        assertEquals(false, SegmentAssigner.matches(pattern, name), pattern + " " + name);
    }

    @ParameterizedTest
    @CsvSource({"aba*aba, abaaba", "a*b*b, abb", "a*b*c, abc", "*ab*ab*, abab"})
    void whatFollowsAtOnceIsMeantToo(String pattern, String name) {
        assertEquals(true, SegmentAssigner.matches(pattern, name), pattern + " " + name);
    }

    @ParameterizedTest
    @CsvSource({"*b*a*, ab", "*ab*cd*, cdab", "a*c*d, abd"})
    void partsStandInTheirOrder(String pattern, String name) {
        assertEquals(false, SegmentAssigner.matches(pattern, name), pattern + " " + name);
    }

    private static DeclaredSegment segment(String name, List<String> namespaces, String... except) {
        return segment(name, ImmutableSet.of(), namespaces, except);
    }

    private static DeclaredSegment segment(
            String name, ImmutableSet<Direction> enforced, List<String> namespaces, String... except) {
        return new DeclaredSegment(
                name,
                ImmutableList.copyOf(namespaces),
                ImmutableList.copyOf(except),
                enforced,
                DeclaredSegment.TrustBoundary.NAMESPACE,
                /* dns= */ false,
                /* verified= */ false);
    }

    private static Enrolment enrolled(String namespace, DeclaredSegment... segments) {
        return new SegmentAssigner()
                .enrol(
                        List.of(namespace),
                        Declarations.of(
                                List.of(),
                                List.of(segments),
                                List.of(),
                                WellKnownPlaces.nothing(),
                                Declarations.SYSTEM_NAMESPACES));
    }

    private static String segmentOf(String namespace, DeclaredSegment... segments) {
        return enrolled(namespace, segments)
                .segment(namespace)
                .map(DeclaredSegment::name)
                .orElse("");
    }

    @Test
    void anExactNameBeatsEveryGlobAndAmongGlobsTheOneThatSpellsOutMore() {
        DeclaredSegment all = segment("all", List.of("*"));
        DeclaredSegment shops = segment("shops", List.of("s*", "shop-*"));
        DeclaredSegment exact = segment("exact", List.of("shop-eu", "x*"));

        assertEquals("exact", segmentOf("shop-eu", all, shops, exact));
        assertEquals("shops", segmentOf("shop-us", all, shops, exact));
        assertEquals("all", segmentOf("pay", all, shops, exact));
        assertEquals("", segmentOf("pay", shops, exact));
        assertEquals("", segmentOf("kube-system", all));
    }

    @Test
    void whatASegmentExceptsItDoesNotClaimByNameOrByGlob() {
        DeclaredSegment all = segment("all", List.of("*"));
        DeclaredSegment exact = segment("exact", List.of("shop-eu"), "*-eu");

        assertEquals("all", segmentOf("shop-eu", all, exact));
        assertEquals("", segmentOf("shop-eu", segment("all", List.of("*"), "shop-eu"), exact));
    }

    @Test
    void equalClaimsAreAConflict() {
        assertEquals(
                Set.of("a", "b"),
                enrolled("shop", segment("a", List.of("sh*")), segment("b", List.of("*op", "s*")))
                        .conflicts()
                        .get("shop")
                        .segments());
        assertEquals(
                Set.of("a", "b"),
                enrolled("shop", segment("a", List.of("shop")), segment("b", List.of("shop")))
                        .conflicts()
                        .get("shop")
                        .segments());
    }

    @Test
    void aConflictIsAnotherOnceOneOfTheSegmentsEnforcesSomethingElse() {
        DeclaredSegment a = segment("a", ImmutableSet.of(Direction.INGRESS), List.of("shop"));
        DeclaredSegment b = segment("b", ImmutableSet.of(Direction.EGRESS), List.of("shop"));
        DeclaredSegment observing = segment("b", List.of("shop"));

        assertEquals(
                Set.of(Direction.values()),
                enrolled("shop", a, b).conflicts().get("shop").closed());
        assertEquals(
                Set.of(), enrolled("shop", a, observing).conflicts().get("shop").closed());
    }
}
