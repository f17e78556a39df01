package dev.bulkhead.core.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import dev.bulkhead.core.intent.Declarations;
import dev.bulkhead.core.intent.DeclaredSegment;
import dev.bulkhead.core.intent.WellKnownPlaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SegmentClaimTest {

    private static final int SEEDS = 5_000;
    private static final List<String> PATTERNS = List.of(
            "pay",
            "pay-eu",
            "pay-*",
            "pay-eu-*",
            "*-eu",
            "p*",
            "*y*",
            "shop",
            "shop-*",
            "s*-eu",
            "pay-*-test",
            "pay-eu-test");
    private static final List<String> NAMES =
            List.of("pay", "pay-eu", "pay-us", "pay-eu-test", "pay-us-test", "shop", "shop-eu", "pony", "web");

    @Test
    void theStrongestGlobOfAllSegmentsWinsAndANameBeatsIt() {
        List<SegmentClaim> claims = SegmentClaim.of(
                "bank",
                declarations(
                        segment("bank", List.of("pay", "pay-*", "pay-eu-*"), List.of("pay-lab")),
                        segment("lab", List.of("*-lab", "pay-per-view", "pay-eu-test-*", "shop-*"), List.of())));

        assertEquals(
                List.of(
                        claim(List.of("pay"), List.of()),
                        claim(List.of("pay-*"), List.of("pay-eu-test-*", "pay-lab", "pay-per-view", "pay-us-test")),
                        claim(List.of("pay-eu-*"), List.of("pay-eu-test-*", "pay-lab"))),
                claims);
    }

    /** Never more than what the operator forbids; the same where no other segment leaves anything out. */
    @Test
    void aNameBelongsToWhomItWouldBeEnrolled() {
        int claimed = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            boolean simple = random.nextBoolean();
            Declarations declarations = declarations(
                    segment("one", some(random, 3), some(random, 2)),
                    segment("two", some(random, 3), simple ? List.of() : some(random, 2)),
                    segment("three", some(random, 2), List.of()));
            for (String name : NAMES) {
                Enrolment enrolment = new SegmentAssigner().enrol(List.of(name), declarations);
                boolean belongs = enrolment
                                .segment(name)
                                .filter(segment -> segment.name().equals("one"))
                                .isPresent()
                        || Optional.ofNullable(enrolment.conflicts().get(name))
                                .filter(conflict -> conflict.segments().contains("one"))
                                .isPresent();
                boolean meant = SegmentClaim.of("one", declarations).stream().anyMatch(claim -> claim.means(name));

                assertTrue(belongs || !meant, () -> name + " of " + declarations.segments());
                assertTrue(meant || !belongs || !simple, () -> name + " of " + declarations.segments());
                claimed += meant ? 1 : 0;
            }
        }
        assertTrue(claimed > SEEDS, claimed + " claimed: the samples say too little");
    }

    private static List<String> some(SplittableRandom random, int most) {
        List<String> some = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            some.add(PATTERNS.get(random.nextInt(PATTERNS.size())));
        }
        return some;
    }

    private static SegmentClaim claim(List<String> patterns, List<String> except) {
        return new SegmentClaim(ImmutableSortedSet.copyOf(patterns), ImmutableSortedSet.copyOf(except));
    }

    private static DeclaredSegment segment(String name, List<String> namespaces, List<String> except) {
        return new DeclaredSegment(
                name,
                ImmutableList.copyOf(namespaces),
                ImmutableList.copyOf(except),
                ImmutableSet.of(),
                DeclaredSegment.TrustBoundary.NAMESPACE,
                /* dns= */ false,
                /* verified= */ false);
    }

    private static Declarations declarations(DeclaredSegment... segments) {
        return Declarations.of(
                List.of(), List.of(segments), List.of(), WellKnownPlaces.nothing(), List.of("pay-us-test"));
    }
}
