package dev.bulkhead.cluster.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bulkhead.cluster.SetClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictCacheTest {

    private final SetClock clock = new SetClock();
    private final VerdictCache cache = new VerdictCache(clock);
    private final List<String> asked = new ArrayList<>();

    @Test
    void aYesHoldsForAMinute() {
        get("one", AccessVerdict.ALLOWED);
        clock.advance(Duration.ofSeconds(59));
        assertEquals(AccessVerdict.ALLOWED, get("one", AccessVerdict.FORBIDDEN));

        clock.advance(Duration.ofSeconds(1));
        assertEquals(AccessVerdict.FORBIDDEN, get("one", AccessVerdict.FORBIDDEN));
        assertEquals(2, asked.size());
    }

    @Test
    void aNoHoldsForTenSeconds() {
        get("one", AccessVerdict.FORBIDDEN);
        clock.advance(Duration.ofSeconds(9));
        assertEquals(AccessVerdict.FORBIDDEN, get("one", AccessVerdict.ALLOWED));

        clock.advance(Duration.ofSeconds(1));
        assertEquals(AccessVerdict.ALLOWED, get("one", AccessVerdict.ALLOWED));
    }

    @Test
    void whatCannotBeAskedIsNotRemembered() {
        assertThrows(
                IllegalStateException.class,
                () -> cache.get("one", () -> {
                    throw new IllegalStateException("no answer");
                }));

        assertEquals(AccessVerdict.ALLOWED, get("one", AccessVerdict.ALLOWED));
    }

    @Test
    void refusalsDisplaceNobodyWhoMay() {
        get("prometheus", AccessVerdict.ALLOWED);
        for (int attempt = 0; attempt < 1000; attempt++) {
            get("made up " + attempt, AccessVerdict.UNAUTHENTICATED);
        }
        asked.clear();

        get("prometheus", AccessVerdict.FORBIDDEN);
        get("made up 0", AccessVerdict.UNAUTHENTICATED);

        assertEquals(List.of("made up 0"), asked);
    }

    private AccessVerdict get(String key, AccessVerdict answer) {
        return cache.get(key, () -> {
            asked.add(key);
            return answer;
        });
    }
}
