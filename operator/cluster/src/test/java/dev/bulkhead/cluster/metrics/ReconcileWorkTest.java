package dev.bulkhead.cluster.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.bulkhead.cluster.SetClock;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReconcileWorkTest {

    private final SetClock clock = new SetClock();
    private final CollectorRegistry registry = new CollectorRegistry();
    private final ReconcileWork work = new ReconcileWork(registry, clock);

    @Test
    void aChangeTakesFromWhenItWasSeenUntilNothingIsLeftToWrite() {
        work.touched(Set.of("shop"));
        clock.advance(Duration.ofSeconds(1));
        work.begun("shop");
        work.wrote("shop");
        clock.advance(Duration.ofSeconds(2));
        work.begun("shop");
        work.settled("shop");

        assertEquals(1, value("bulkhead_change_to_policy_seconds_count"));
        assertEquals(3, value("bulkhead_change_to_policy_seconds_sum"));
    }

    @Test
    void aChangeThatNeedsNoWriteIsNotMeasured() {
        work.touched(Set.of("shop"));
        work.begun("shop");
        work.settled("shop");

        assertEquals(0, value("bulkhead_change_to_policy_seconds_count"));
    }

    @Test
    void aChangeThatComesDuringALookIsMeasuredFromItsOwnTime() {
        work.touched(Set.of("shop"));
        work.begun("shop");
        clock.advance(Duration.ofSeconds(5));
        work.touched(Set.of("shop"));
        work.wrote("shop");
        work.settled("shop");
        clock.advance(Duration.ofSeconds(1));
        work.begun("shop");
        work.wrote("shop");
        work.settled("shop");

        assertEquals(6, value("bulkhead_change_to_policy_seconds_sum"));
    }

    @Test
    void theOldestChangeCountsWhetherItWaitsOrIsUnderWay() {
        assertEquals(0, work.oldestChangeSeconds());

        work.touched(Set.of("pay"));
        work.begun("pay");
        clock.advance(Duration.ofSeconds(3));
        work.touched(Set.of("shop"));
        clock.advance(Duration.ofSeconds(4));

        assertEquals(7, work.oldestChangeSeconds());
        assertEquals(1, work.waiting());
        work.settled("pay");
        assertEquals(4, work.oldestChangeSeconds());
    }

    @Test
    void whatIsHeldBackIsNoUnfinishedWork() {
        work.touched(Set.of("shop"));
        work.begun("shop");
        work.held("shop");
        work.ended("shop", ReconcileWork.Result.HELD, Duration.ofMillis(1));
        clock.advance(Duration.ofSeconds(9));

        assertEquals(1, work.held());
        assertEquals(0, work.failing());
        assertEquals(0, work.oldestChangeSeconds());
        work.settled("shop");
        assertEquals(0, work.held());
    }

    @Test
    void aNamespaceFailsUntilALookSucceeds() {
        work.ended("shop", ReconcileWork.Result.ERROR, Duration.ofMillis(1));
        work.ended("shop", ReconcileWork.Result.CONFLICT, Duration.ofMillis(1));
        assertEquals(1, work.failing());

        work.ended("shop", ReconcileWork.Result.SUCCESS, Duration.ofMillis(1));
        assertEquals(0, work.failing());
        assertEquals(
                1,
                registry.getSampleValue("bulkhead_reconciles_total", new String[] {"result"}, new String[] {"error"}));
    }

    @Test
    void allAreComparedSinceTheOneThatWasComparedFirst() {
        Instant start = clock.instant();
        assertEquals(Optional.empty(), work.allCompared(List.of(), start));

        clock.advance(Duration.ofSeconds(10));
        work.settled("pay");
        assertEquals(Optional.of(start), work.allCompared(List.of("pay", "shop"), start));

        clock.advance(Duration.ofSeconds(10));
        work.settled("shop");
        assertEquals(Optional.of(start.plusSeconds(10)), work.allCompared(List.of("pay", "shop"), start));
    }

    @Test
    void aNamespaceThatIsNewIsNoOldComparison() {
        Instant start = clock.instant();
        clock.advance(Duration.ofHours(1));
        work.touched(Set.of("new"));

        assertEquals(Optional.of(clock.instant()), work.allCompared(List.of("new"), start));
    }

    @Test
    void namespacesThatEndedAreForgottenAndYoungOnesAreNot() {
        work.touched(Set.of("ended"));
        work.ended("ended", ReconcileWork.Result.ERROR, Duration.ofMillis(1));
        clock.advance(Duration.ofMinutes(2));
        work.touched(Set.of("young"));

        work.keepOnly(Set.of());

        assertEquals(1, work.waiting());
        assertEquals(0, work.failing());
        work.gone("young");
        assertEquals(0, work.waiting());
    }

    @Test
    void everyResultIsThereFromTheStart() {
        for (String result : List.of("success", "held", "conflict", "error")) {
            assertEquals(0, registry.getSampleValue("bulkhead_reconciles_total", new String[] {"result"}, new String[] {
                result
            }));
        }
        assertNull(
                registry.getSampleValue("bulkhead_reconciles_total", new String[] {"result"}, new String[] {"other"}));
    }

    private double value(String name) {
        return registry.getSampleValue(name);
    }
}
