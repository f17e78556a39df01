package dev.bulkhead.cluster.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AuditScheduleTest {

    private static final long SETTLED = AuditSchedule.SETTLING;

    private final AuditSchedule turns = new AuditSchedule();

    @Test
    void aChangeIsLookedAtWhenTheBurstIsOver() {
        assertEquals(OptionalLong.empty(), turns.untilNext(0));
        turns.changed("shop", 0);
        turns.changed("shop", SETTLED / 2);
        assertEquals(Optional.empty(), turns.next(SETTLED - 1));
        assertEquals(OptionalLong.of(1), turns.untilNext(SETTLED - 1));
        assertEquals(Optional.of("shop"), turns.next(SETTLED));
        turns.done("shop", 1, SETTLED);
        assertEquals(Optional.empty(), turns.next(10 * SETTLED));
    }

    @Test
    void namespacesTakeTurnsSoThatALongOneMakesNoneWait() {
        turns.changed("evil", 0);
        turns.changed("shop", 1);
        assertEquals(Optional.of("evil"), turns.next(SETTLED + 1));
        turns.interrupted("evil", 50, SETTLED + 51);
        assertEquals(Optional.of("shop"), turns.next(SETTLED + 51));
        turns.interrupted("shop", 50, SETTLED + 101);
        assertEquals(Optional.of("evil"), turns.next(SETTLED + 101));
        turns.interrupted("evil", 50, SETTLED + 151);
        assertEquals(Optional.of("shop"), turns.next(SETTLED + 151));
    }

    @Test
    void whatTookLongRestsTenTimesAsLongAndOthersDoNot() {
        turns.changed("evil", 0);
        assertEquals(Optional.of("evil"), turns.next(SETTLED));
        turns.interrupted("evil", SETTLED, 2 * SETTLED);
        assertEquals(Optional.of("evil"), turns.next(2 * SETTLED));
        turns.done("evil", SETTLED, 3 * SETTLED);

        turns.changed("evil", 3 * SETTLED);
        turns.changed("shop", 3 * SETTLED);
        assertEquals(Optional.of("shop"), turns.next(4 * SETTLED));
        assertEquals(Optional.empty(), turns.next((3 + 20) * SETTLED - 1));
        assertEquals(Optional.of("evil"), turns.next((3 + 20) * SETTLED));
    }

    @Test
    void whatChangesWhileItIsLookedAtIsLookedAtAgain() {
        turns.changed("shop", 0);
        assertEquals(Optional.of("shop"), turns.next(SETTLED));
        turns.changed("shop", SETTLED);
        assertEquals(Optional.empty(), turns.next(10 * SETTLED), "one look at a time");
        turns.done("shop", 0, 10 * SETTLED);
        assertEquals(Optional.empty(), turns.next(10 * SETTLED));
        assertEquals(Optional.of("shop"), turns.next(11 * SETTLED));
    }

    @Test
    void othersFollowOneByOneForATenthOfTheTime() {
        assertTrue(turns.asksForOthers(), "at the start everything is looked at");
        turns.others(List.of("a", "b"));
        assertFalse(turns.asksForOthers());
        assertEquals(Optional.of("a"), turns.next(0));
        assertEquals(Optional.empty(), turns.next(0), "one at a time");
        turns.done("a", 5, 5);
        assertEquals(OptionalLong.of(50), turns.untilNext(5));
        assertEquals(Optional.empty(), turns.next(54));
        assertEquals(Optional.of("b"), turns.next(55));
        turns.done("b", 5, 60);
        assertFalse(turns.asksForOthers(), "nothing has changed");
        turns.changed("a", 60);
        assertTrue(turns.asksForOthers());
    }

    @Test
    void aLongOneAmongTheOthersDoesNotHoldThoseAfterIt() {
        turns.others(List.of("evil", "shop"));
        assertEquals(Optional.of("evil"), turns.next(0));
        turns.interrupted("evil", 50, 50);
        assertEquals(Optional.of("evil"), turns.next(549), "nobody else waits");
        turns.interrupted("evil", 50, 600);
        assertEquals(Optional.of("evil"), turns.next(600));
        turns.interrupted("evil", 50, 650);
        assertEquals(Optional.of("shop"), turns.next(650));
    }

    @Test
    void whatChangesItselfIsNotLookedAtTwice() {
        turns.others(List.of("shop"));
        turns.changed("shop", 0);
        assertEquals(Optional.empty(), turns.next(0));
        assertEquals(Optional.of("shop"), turns.next(SETTLED));
        turns.done("shop", 0, SETTLED);
        assertEquals(Optional.empty(), turns.next(10 * SETTLED));
    }
}
