package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bulkhead.cluster.SetClock;
import dev.bulkhead.cluster.log.LogQuota;
import dev.bulkhead.cluster.log.RecordedLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoldLogTest {

    private static final String HELD =
            "WARN Namespace held namespace=shop reason=GrowthHeld note=others withdraw first";
    private static final String FREE = "INFO Namespace no longer held namespace=shop reason=GrowthHeld";
    private static final String FAILED = "WARN Namespace failed namespace=shop error=busy";
    private static final String WORKS = "INFO Namespace works again namespace=shop";

    private final RecordedLog log = new RecordedLog(HoldLog.class);
    private final HoldLog holds = new HoldLog(new LogQuota(new SetClock()));

    @AfterEach
    void close() {
        log.close();
    }

    private void hold() {
        holds.held("shop", Hold.growth("others withdraw first"));
    }

    @Test
    void aHoldIsALineWhenItBeginsAndOneWhenItEndsHoweverOftenItIsLookedAt() {
        hold();
        hold();
        hold();
        holds.free("shop");
        holds.free("shop");
        assertEquals(List.of(HELD, FREE), log.lines());
    }

    @Test
    void aNamespaceThatIsClosedAndThenStaysAsItIsIsHeldOnce() {
        holds.held("shop", Hold.allButBaseline("claimed twice", Map.of()));
        holds.held("shop", Hold.namespace("claimed twice"));
        holds.free("shop");
        assertEquals(
                List.of(
                        "WARN Namespace held namespace=shop reason=Held note=claimed twice",
                        "INFO Namespace no longer held namespace=shop reason=Held"),
                log.lines());
    }

    @Test
    void aHoldThatComesBackIsNewsAgain() {
        hold();
        holds.free("shop");
        hold();
        assertEquals(List.of(HELD, FREE, HELD), log.lines());
    }

    @Test
    void aNamespaceThatWasNotHeldIsNotFreed() {
        holds.free("shop");
        assertEquals(List.of(), log.lines());
    }

    @Test
    void aHoldOfAnotherScopeIsNews() {
        hold();
        holds.held("shop", Hold.namespace("two segments claim it"));
        assertEquals(
                List.of(HELD, "WARN Namespace held namespace=shop reason=Held note=two segments claim it"),
                log.lines());
    }

    @Test
    void eachNamespaceIsHeldByItself() {
        hold();
        holds.held("pay", Hold.growth("others withdraw first"));
        holds.free("shop");
        hold();
        assertEquals(List.of(HELD, HELD.replace("shop", "pay"), FREE, HELD), log.lines());
    }

    @Test
    void aFailureIsALineWhenItBeginsAndOneWhenItEndsWhateverFailsMeanwhile() {
        holds.refused("shop", "busy");
        holds.refused("shop", "still busy");
        holds.failed("shop", new IllegalStateException("a defect"));
        holds.succeeded("shop");
        holds.succeeded("shop");
        assertEquals(List.of(FAILED, WORKS), log.lines());
    }

    @Test
    void aDefectIsToldWithWhereItHappened() {
        holds.failed("shop", new IllegalStateException("a defect"));
        holds.failed("shop", new IllegalStateException("a defect"));
        holds.refused("shop", "busy");
        holds.succeeded("shop");
        assertEquals(List.of("WARN Namespace failed namespace=shop a defect", WORKS), log.lines());
    }

    @Test
    void aFailureThatComesBackIsNewsAgain() {
        holds.refused("shop", "busy");
        holds.succeeded("shop");
        holds.refused("shop", "busy");
        assertEquals(List.of(FAILED, WORKS, FAILED), log.lines());
    }

    @Test
    void aNamespaceThatNeverFailedDoesNotWorkAgain() {
        holds.succeeded("shop");
        assertEquals(List.of(), log.lines());
    }

    @Test
    void whateverTakesTheNameOfANamespaceThatIsGoneIsNeitherHeldNorFailing() {
        hold();
        holds.refused("shop", "busy");
        holds.forget("shop");
        holds.free("shop");
        holds.succeeded("shop");
        assertEquals(List.of(HELD, FAILED), log.lines());
        hold();
        holds.refused("shop", "busy");
        assertEquals(List.of(HELD, FAILED, HELD, FAILED), log.lines());
    }
}
