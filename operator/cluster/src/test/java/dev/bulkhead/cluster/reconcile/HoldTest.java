package dev.bulkhead.cluster.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoldTest {

    @Test
    void whatConcernsTheWholeNamespaceStopsEverything() {
        assertTrue(Hold.namespace("two segments claim it").stopsAll());
        assertTrue(Hold.shrink("a definition is not found").stopsAll());
        assertFalse(Hold.growth("others withdraw first").stopsAll());
        assertFalse(Hold.policies("they are fought over", Map.of()).stopsAll());
    }

    @Test
    void itSaysWhatDoesNotHappenAndWhy() {
        assertEquals(
                "Nothing changes in this namespace for now: one",
                Hold.namespace("one").sentence());
        assertEquals(
                "Nothing changes in this namespace for now: two",
                Hold.shrink("two").sentence());
        assertEquals(
                "Nothing opens in this namespace for now: three",
                Hold.growth("three").sentence());
        assertEquals(
                "Some policies stay as they are for now: four",
                Hold.policies("four", Map.of()).sentence());
    }

    @Test
    void itIsShownAndLastsUntilSomethingHappensUnlessItSaysOtherwise() {
        Hold hold = Hold.growth("others withdraw first");
        assertTrue(hold.shown());
        assertEquals(Optional.empty(), hold.again());
        assertEquals("", hold.elsewhere());
        Hold brief = hold.dependingOn("pay").again(Duration.ofSeconds(1)).notShown();
        assertFalse(brief.shown());
        assertEquals(Optional.of(Duration.ofSeconds(1)), brief.again());
        assertEquals("pay", brief.elsewhere());
        assertEquals(hold.reason(), brief.reason());
    }
}
