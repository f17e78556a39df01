package dev.bulkhead.testkit.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {

    private static final Instant NOW = Instant.parse("2026-06-30T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-06-30T12:00:00Z, 0s",
        "2026-06-30T11:58:01Z, 119s",
        "2026-06-30T11:56:55Z, 3m5s",
        "2026-06-30T11:55:00Z, 5m",
        "2026-06-30T11:48:10Z, 11m",
        "2026-06-30T08:57:00Z, 3h3m",
        "2026-06-29T16:00:00Z, 20h",
        "2026-06-27T11:00:00Z, 3d1h",
        "2026-06-10T12:00:00Z, 20d",
        "2026-06-30T12:00:09Z, 0s"
    })
    void largerAgesAreToldLessPrecisely(String since, String age) {
        assertEquals(age, Age.at(NOW, since));
    }

    @Test
    void whatHasNoTimeIsUnknown() {
        assertEquals("<unknown>", Age.at(NOW, ""));
    }
}
