package dev.bulkhead.cluster.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FairQueueTest {

    private static final long HOLD = 250;

    private final Set<String> busy = new HashSet<>();
    private final FairQueue queue = new FairQueue(busy::contains, HOLD);

    @Test
    void aNamespaceWithThousandsOfReportsIsLateWithItsOwnAlone() {
        for (int n = 0; n < 10_000; n++) {
            put("shop", "flood-" + n);
        }
        put("pay", "urgent");
        put("web", "urgent");
        assertEquals(List.of("shop/flood-0", "pay/urgent", "web/urgent", "shop/flood-1"), next(4, 0));
    }

    @Test
    void aLaterReportAboutTheSameSubjectTakesThePlaceOfTheEarlier() {
        put("shop", "checkout");
        put("shop", "cart");
        put("shop", "checkout");
        assertEquals(List.of("shop/checkout", "shop/cart"), next(3, 0));
        assertTrue(queue.isEmpty());
    }

    @Test
    void policiesOfANamespaceGoBeforeItsReportsForAWhile() {
        busy.add("shop");
        put("shop", "checkout");
        put("shop", "cart");
        put("pay", "payments");
        assertEquals(List.of("pay/payments"), next(2, 0));
        assertEquals(List.of(), next(1, HOLD - 1));
        assertEquals(List.of("shop/checkout"), next(2, HOLD));
        busy.remove("shop");
        assertEquals(List.of("shop/cart"), next(1, HOLD));
    }

    @Test
    void whatFailedWaitsForItsTimeAndHoldsUpNothingElse() {
        queue.putBack(new FairQueue.Report("shop", "checkout", () -> {}, 1, 1000));
        put("shop", "cart");
        assertEquals(List.of("shop/cart"), next(2, 0));
        assertEquals(List.of("shop/checkout"), next(1, 1000));
    }

    @Test
    void whatFailedGivesWayToALaterReportAboutTheSame() {
        put("shop", "checkout");
        queue.putBack(new FairQueue.Report("shop", "checkout", () -> {}, 1, 1000));
        assertEquals(List.of("shop/checkout"), next(2, 0));
        assertTrue(queue.isEmpty());
    }

    @Test
    void thousandsThatHaveFailedAreNotLookedAtBeforeTheFirstOfThemIsDue() {
        AtomicInteger looks = new AtomicInteger();
        FairQueue counted = new FairQueue(
                namespace -> {
                    looks.incrementAndGet();
                    return false;
                },
                HOLD);
        for (int n = 0; n < 50_000; n++) {
            counted.putBack(new FairQueue.Report("namespace-" + n, "checkout", () -> {}, 1, 1000 + n));
        }
        assertEquals(Optional.empty(), counted.next(0));
        assertEquals(0, looks.get());
        assertEquals(OptionalLong.of(1000), counted.untilNext(0));
        assertEquals("namespace-0", counted.next(1000).orElseThrow().namespace());
        assertEquals(1, looks.get());
        assertEquals(OptionalLong.of(1), counted.untilNext(1000));
    }

    @Test
    void whatIsHeldIsDueWhenItsHoldEndsAndAnEmptyQueueNever() {
        assertEquals(OptionalLong.empty(), queue.untilNext(0));
        busy.add("shop");
        put("shop", "checkout");
        assertEquals(List.of(), next(1, 0));
        assertEquals(OptionalLong.of(HOLD - 10), queue.untilNext(10));
        assertTrue(queue.isHolding());
    }

    @Test
    void aLaterReportIsNotAsLateAsTheOneThatFailedAndIsSentOnce() {
        queue.putBack(new FairQueue.Report("shop", "checkout", () -> {}, 1, 1000));
        put("shop", "checkout");
        assertEquals(List.of("shop/checkout"), next(1, 0));
        assertTrue(queue.isEmpty());
        assertEquals(List.of(), next(1, 2000));
        assertEquals(OptionalLong.empty(), queue.untilNext(2000));
    }

    private void put(String namespace, String subject) {
        queue.put(new FairQueue.Report(namespace, subject, () -> {}, 0, 0));
    }

    private List<String> next(int count, long now) {
        List<String> reports = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            Optional<FairQueue.Report> report = queue.next(now);
            report.ifPresent(found -> reports.add(found.namespace() + "/" + found.subject()));
        }
        return reports;
    }
}
