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
        get("one", Verdict.ALLOWED);
        clock.advance(Duration.ofSeconds(59));
        assertEquals(Verdict.ALLOWED, get("one", Verdict.FORBIDDEN));

        clock.advance(Duration.ofSeconds(1));
        assertEquals(Verdict.FORBIDDEN, get("one", Verdict.FORBIDDEN));
        assertEquals(2, asked.size());
    }

    @Test
    void aNoHoldsForTenSeconds() {
        get("one", Verdict.FORBIDDEN);
        clock.advance(Duration.ofSeconds(9));
        assertEquals(Verdict.FORBIDDEN, get("one", Verdict.ALLOWED));

        clock.advance(Duration.ofSeconds(1));
        assertEquals(Verdict.ALLOWED, get("one", Verdict.ALLOWED));
    }

    @Test
    void whatCannotBeAskedIsNotRemembered() {
        assertThrows(
                IllegalStateException.class,
                () -> cache.get("one", () -> {
                    throw new IllegalStateException("no answer");
                }));

        assertEquals(Verdict.ALLOWED, get("one", Verdict.ALLOWED));
    }

    @Test
    void refusalsDisplaceNobodyWhoMay() {
        get("prometheus", Verdict.ALLOWED);
        for (int attempt = 0; attempt < 1000; attempt++) {
            get("made up " + attempt, Verdict.UNAUTHENTICATED);
        }
        asked.clear();

        get("prometheus", Verdict.FORBIDDEN);
        get("made up 0", Verdict.UNAUTHENTICATED);

        assertEquals(List.of("made up 0"), asked);
    }

    private Verdict get(String key, Verdict answer) {
        return cache.get(key, () -> {
            asked.add(key);
            return answer;
        });
    }
}
