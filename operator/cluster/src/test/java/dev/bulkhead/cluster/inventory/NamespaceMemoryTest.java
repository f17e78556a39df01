package dev.bulkhead.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamespaceMemoryTest {

    private final NamespaceMemory account = new NamespaceMemory(100);

    @Test
    void whatFitsIsKeptUpToTheLastByte() {
        assertEquals(Optional.of(60), keep("Pod a", 60, 0));
        assertEquals(Optional.of(40), keep("Pod b", 40, 0));
        assertEquals(Optional.empty(), account.leftOut());
        assertEquals(Optional.empty(), keep("Pod c", 1, 0));
        assertEquals(Optional.of("Pod c"), account.leftOut());
    }

    @Test
    void oneOfThoseThatAreLeftOutIsNamedAndTheOthersAreCounted() {
        keep("Pod b", 101, 0);
        keep("Pod a", 101, 0);
        keep("Service c", 101, 0);
        assertEquals(Optional.of("Pod a and 2 more"), account.leftOut());
        gone("Pod a", 0);
        assertEquals(Optional.of("Pod b and 1 more"), account.leftOut());
    }

    @Test
    void oneThatGrowsTooLargeNoLongerTakesAnything() {
        keep("Pod a", 60, 0);
        assertEquals(Optional.empty(), keep("Pod a", 120, 60));
        assertEquals(Optional.of(100), keep("Pod b", 100, 0));
    }

    /** Else one that takes less than before would be lost where there is no room for others. */
    @Test
    void whatTakesNoMoreThanBeforeIsKept() {
        keep("Pod a", 100, 0);
        assertEquals(Optional.of(100), keep("Pod a", 100, 100));
        assertEquals(Optional.of(90), keep("Pod a", 90, 100));
        assertEquals(Optional.empty(), account.leftOut());
    }

    @Test
    void whatIsLeftOutMayBeReadAgainOnceSomethingElseIsGone() {
        keep("Deployment a", 100, 0);
        keep("Pod b", 10, 0);
        keep("Service c", 10, 0);
        assertEquals(Set.of(), account.kindsWithRoom());
        gone("Deployment a", 100);
        assertEquals(Set.of("Pod", "Service"), account.kindsWithRoom());
        assertEquals(Set.of(), account.kindsWithRoom(), "each time is told once");
        assertEquals(Optional.of(10), keep("Pod b", 10, 0));
        assertEquals(Optional.of("Service c"), account.leftOut());
    }

    @Test
    void whereNothingIsLeftOutNothingIsReadAgain() {
        keep("Pod a", 100, 0);
        gone("Pod a", 100);
        assertEquals(Set.of(), account.kindsWithRoom());
        keep("Pod b", 101, 0);
        assertEquals(Set.of(), account.kindsWithRoom(), "nothing has gone since");
    }

    private Optional<Integer> keep(String object, int size, int before) {
        return account.keep(object, Optional.of(size), before, Integer::longValue);
    }

    private void gone(String object, int before) {
        account.keep(object, Optional.<Integer>empty(), before, Integer::longValue);
    }
}
