package dev.bulkhead.testkit.embedded;

import java.time.Duration;
import java.time.Instant;

/** How long ago something was, as kubectl prints it. */
final class Age {

    private Age() {}

    /** Such as {@code 45s}, {@code 3m5s}, {@code 12m}, {@code 5h} or {@code 3d}. */
    static String at(Instant now, String timestamp) {
        if (timestamp.isEmpty()) {
            return "<unknown>";
        }
        Duration age = Duration.between(Instant.parse(timestamp), now);
        if (age.isNegative()) {
            return "0s";
        }
        if (age.toSeconds() < 120) {
            return age.toSeconds() + "s";
        }
        if (age.toMinutes() < 10) {
            return both(age.toMinutes(), "m", age.toSecondsPart(), "s");
        }
        if (age.toHours() < 3) {
            return age.toMinutes() + "m";
        }
        if (age.toHours() < 8) {
            return both(age.toHours(), "h", age.toMinutesPart(), "m");
        }
        if (age.toHours() < 48) {
            return age.toHours() + "h";
        }
        return age.toDays() < 8 ? both(age.toDays(), "d", age.toHoursPart(), "h") : age.toDays() + "d";
    }

    private static String both(long larger, String unit, int smaller, String smallerUnit) {
        return larger + unit + (smaller == 0 ? "" : smaller + smallerUnit);
    }
}
